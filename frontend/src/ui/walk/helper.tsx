// Beside a strategy, when chosen: a timer, or a slow breath to follow. Nothing of it is kept.

import { Component, createRef, type ComponentChildren } from "preact";
import { Button } from "../elements/touch";
import { t } from "../elements/words";

interface State {
  kind: "" | "choose" | "timer" | "pacer";
  /** How long the timer was set for. */
  minutes: number;
  /** Milliseconds that ran so far, pauses left out. */
  spent: number;
  isPaused: boolean;
}

/** The words on a button, and what a touch changes. */
type Way = [words: string, state: Partial<State>];

const REST: State = { kind: "", minutes: 0, spent: 0, isPaused: false };
const MINUTE = 60_000;
const IN = 4; // seconds
const OUT = 6;

function ways({ kind, minutes, spent, isPaused }: State): Way[] {
  const begin = (minutes: number): Way => [
    t("walk.helper.minutes", { count: minutes }),
    { ...REST, kind: "timer", minutes },
  ];
  const timer: Way = [t("walk.helper.timer"), { kind: "choose" }];
  if (!kind) return [timer, [t("walk.helper.pacer"), { kind: "pacer" }]];
  if (kind === "choose") return [begin(5), begin(15), [t("walk.helper.none"), REST]];
  const isOver = kind === "timer" && spent >= minutes * MINUTE;
  const first: Way = isOver
    ? [t("walk.helper.again"), { spent: 0 }]
    : [t(isPaused ? "walk.helper.go_on" : "walk.helper.pause"), { isPaused: !isPaused }];
  return [first, [t("walk.helper.stop"), REST]];
}

function Timer({ minutes, spent, isPaused }: State) {
  const count = Math.ceil((minutes * MINUTE - spent) / MINUTE);
  const running = count > 1 ? t("walk.helper.left", { count }) : t("walk.helper.last_minute");
  const words = isPaused ? t("walk.helper.paused") : running;
  return <p role="status">{count > 0 ? words : t("walk.helper.over")}</p>;
}

function Pacer({ spent, isPaused }: State) {
  const second = Math.round(spent / 1000) % (IN + OUT);
  const isIn = second < IN;
  const way = t(isIn ? "walk.helper.in" : "walk.helper.out");
  return (
    <>
      <i class={`pacer ${isIn ? "pacer-in" : "pacer-out"}${isPaused ? " pacer-still" : ""}`} />
      <h1 class="walk-words" tabIndex={-1} aria-live="polite">
        {isPaused ? t("walk.helper.paused") : way}
      </h1>
      <p class="pacer-count" aria-hidden="true">
        {t("walk.helper.count").split(", ")[isIn ? second : second - IN]}
      </p>
    </>
  );
}

export class Helper extends Component<{ children: ComponentChildren }, State> {
  private root = createRef<HTMLDivElement>();
  private clock: ReturnType<typeof setInterval> | undefined;
  private seen = 0;

  override state = REST;

  /** A page that slept wakes to the right time: what passed is measured, not counted. */
  private tick = () => {
    const now = Date.now();
    const passed = this.state.isPaused ? 0 : now - this.seen;
    this.seen = now;
    this.setState({ spent: this.state.spent + passed });
  };

  private set(state: Partial<State>) {
    clearInterval(this.clock);
    this.seen = Date.now();
    this.setState(state);
    if (state !== REST) this.clock = setInterval(this.tick, 1000);
  }

  override componentWillUnmount() {
    clearInterval(this.clock);
  }

  /** What was pressed is gone: the focus waits at what came in its place. */
  override componentDidUpdate(_: unknown, former: State) {
    if (former.kind !== this.state.kind)
      this.root.current!.querySelector("button")!.focus({ preventScroll: true });
  }

  override render({ children }: this["props"], state: State) {
    const isPacer = state.kind === "pacer";
    return (
      <div class={isPacer ? "walk-helper walk-pacer" : "walk-helper"} ref={this.root}>
        {isPacer ? <Pacer {...state} /> : children}
        {state.kind === "timer" && <Timer {...state} />}
        <div class="walk-helpers">
          {ways(state).map(([words, to]) => (
            <Button onClick={() => this.set(to)}>{words}</Button>
          ))}
        </div>
      </div>
    );
  }
}
