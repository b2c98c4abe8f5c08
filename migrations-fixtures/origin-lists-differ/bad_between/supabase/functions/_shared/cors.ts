const HELP = "https://help.example.com";
// want origin list supabase/functions/_shared/cors.ts https://admin.example.com
export const ALLOWED_ORIGINS = new Set<string>([HELP, `https://agents.example.com`]);
