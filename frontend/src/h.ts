// What a tag becomes in the build: shorter than the automatic way, which names every `children`.
export { Fragment, h } from "preact";
