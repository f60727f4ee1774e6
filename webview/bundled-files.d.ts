// Files that the bundler takes in: WebAssembly as bytes, style sheets into one file beside the script (see
// scripts/build.ts).
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module '*.css';
