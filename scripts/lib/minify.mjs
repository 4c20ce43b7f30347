#!/usr/bin/env node
// Called by Trunk once the pages are built (Trunk.toml): glue and styles lose what only people read. Trunk's own
// minifier can't read the glue of wasm-bindgen. The files keep their names, which tell the content they were made from.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const { TRUNK_STAGING_DIR: folder, TRUNK_PROFILE: profile } = process.env;
if (folder && profile === 'release') {
  for (const name of readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))) {
    const file = join(folder, name);
    execFileSync('esbuild', ['--minify', '--allow-overwrite', '--log-level=warning', `--outfile=${file}`, file], { stdio: 'inherit' });
  }
}
