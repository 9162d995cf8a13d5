// The one error of what is refused: a stable code, the same in both languages, and nothing of the content.

/** `code` is for programs and for choosing a message; it never carries what was refused. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = "Refused";
  }
}
