import type { NextConfig } from "next";

const supabase = process.env.NEXT_PUBLIC_SUPABASE_URL!;
const directives: Record<string, string[]> = { "connect-src": ["'self'", supabase] };
const csp = Object.entries(directives).map(([k, v]) => `${k} ${v.join(" ")}`).join("; ");

const config: NextConfig = {
  headers: async () => [
    { source: "/a", headers: [{ key: "Content-Security-Policy", value: csp }] },
    { source: "/b", headers: [{ key: "Content-Security-Policy", value: `connect-src https://abc.supabase.co ${process.env.WS}` }] },
    { source: "/c", headers: [{ key: "Content-Security-Policy-Report-Only", value: "connect-src https://abc.supabase.co" }] },
    // Only the server speaks with Supabase here.
    { source: "/d", headers: [{ key: "Content-Security-Policy", value: "connect-src 'self'" }] },
  ],
};

export default config satisfies NextConfig;
