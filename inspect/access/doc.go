// Package access says who may see and do what: it evaluates policies for
// somebody who asks, with SQL's three truth values and with what is not known
// of the row or the token, under the privileges of the role that the token
// names, and says what Realtime delivers.
package access
