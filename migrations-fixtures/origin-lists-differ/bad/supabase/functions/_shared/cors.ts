export const allowedOrigins = [
  "http://localhost:3000",
  "https://www.help.example.com", // want origin list supabase/functions/_shared/cors.ts https://help.example.com
  "https://agents.example.com/", // want origin list supabase/functions/_shared/cors.ts https://agents.example.com
];

export function corsHeaders(origin: string | null) {
  return {
    "Access-Control-Allow-Origin": origin && allowedOrigins.includes(origin) ? origin : "",
    "Access-Control-Allow-Headers": "authorization, content-type",
  };
}
