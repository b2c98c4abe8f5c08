import { config } from "./config.ts";
export const corsHeaders = {
  "Access-Control-Allow-Origin": config.origin,
  "Access-Control-Allow-Headers": "authorization, x-client-info, apikey, content-type",
};
