Deno.serve(() => new Response("ok", {
  headers: { "Access-Control-Allow-Origin": "http://help.example.com" }, // want origin list supabase/functions/notify/index.ts https://help.example.com
}));
