// Everybody may read the feed; another function is for one portal.
export const cors = { "Access-Control-Allow-Origin": "*" };
