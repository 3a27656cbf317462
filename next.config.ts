import { existsSync, writeFileSync } from "node:fs";
import type { NextConfig } from "next";

const distDir = process.env.TORTIE_DIST_DIR ?? ".next";

const config: NextConfig = {
  output: "standalone",
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check:types`; checking them again here would only make the first start slower.
  typescript: { ignoreBuildErrors: true, tsconfigPath: tsconfigFor(distDir) },
  // A lock file in a folder above would otherwise make that folder the root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  serverExternalPackages: ["etcd3", "@grpc/grpc-js", "@grpc/proto-loader"],
  // etcd3 reads rpc.proto at run time, beside its own code.
  outputFileTracingIncludes: { "/*": ["node_modules/etcd3/proto/**"] },
  outputFileTracingExcludes: {
    "/*": ["node_modules/typescript/**", "node_modules/@img/**", "node_modules/sharp/**", "lib/testing/**", "e2e/**"],
  },
  images: { unoptimized: true },
  // Asked for by browsers between two pages, when no head names the icon.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  experimental: {
    // Small chunks are compressed one by one: fewer of them are 4 kB less for the first page.
    turbopackChunking: { maxChunkCountPerGroup: 4, minChunkSize: 200_000 },
    turbopackCjsTreeShaking: true,
    serverActions: { bodySizeLimit: "6mb" },
    proxyClientMaxBodySize: "6mb",
  },
};

export default config;

/** Next adds every dist dir's types to the tsconfig it is given; only the committed one may be the real tsconfig. */
function tsconfigFor(dir: string): string {
  if (dir === ".next") return "tsconfig.json";
  const path = `${dir}.tsconfig.json`;
  if (!existsSync(path)) writeFileSync(path, JSON.stringify({ extends: "./tsconfig.json" }));
  return path;
}
