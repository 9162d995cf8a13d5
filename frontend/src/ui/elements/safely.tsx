// A fault while drawing is handed on, and leaves nothing half drawn.

import { Component, type ComponentChildren } from "preact";

interface Props {
  onFault(error: unknown): void;
  children: ComponentChildren;
}

export class Safely extends Component<Props, { isBroken?: boolean }> {
  static override getDerivedStateFromError = () => ({ isBroken: true });

  override componentDidCatch(error: unknown) {
    this.props.onFault(error);
  }

  override render({ children }: Props, { isBroken }: this["state"]) {
    return isBroken ? null : children;
  }
}
