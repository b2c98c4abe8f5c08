package live

// ForVersion lets tests run the queries as Load would.
var ForVersion = forVersion
