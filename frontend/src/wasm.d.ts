// A WebAssembly file as the build gives it to a script: its bytes.
declare module "*.wasm" {
  const binary: Uint8Array<ArrayBuffer>;
  export default binary;
}
