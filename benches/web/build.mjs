// Builds each of the sign-ups into dist/NAME/main.js: one file each, as small as its tools make it.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import solid from 'vite-plugin-solid';

const entries = { floor: 'floor/floor.js', react: 'react/main.jsx', svelte: 'svelte/main.js', solid: 'solid/main.jsx' };
const plugins = { floor: [], react: [], svelte: [svelte({ compilerOptions: { css: 'injected' } })], solid: [solid()] };

for (const [name, input] of Object.entries(entries)) {
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    plugins: plugins[name],
    esbuild: name === 'react' ? { jsx: 'automatic' } : undefined,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: `dist/${name}`,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input, output: { entryFileNames: 'main.js', inlineDynamicImports: true } },
    },
  });
}
