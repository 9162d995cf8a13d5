// The walk: one thing a screen, from the first of a person's own words to the lines.

import { Component, createRef } from "preact";
import type { Plan } from "../../core/plan";
import { OWN, type Section } from "../../core/sections";
import { photoOf } from "../../core/value";
import * as machine from "../../core/walk";
import { LargePicture } from "../elements/picture";
import { Button, Link } from "../elements/touch";
import { sections, t } from "../elements/words";
import { attend } from "./attend";
import { Aside, Last, Need, Needs } from "./beside";
import { Controls, type At, type Go } from "./controls";
import { Helper } from "./helper";
import { Item } from "./item";

const sectionOf = (id: string): Section | undefined => sections().find((one) => one.id === id);

function Where({ walk }: At) {
  const { kind, section, title } = machine.current(walk);
  if (kind === "lines" || walk.aside) return null;
  if (kind === "paper") return t("walk.paper");
  return (
    <>
      {title !== null ? <bdi translate={false}>{title}</bdi> : t(`section.${section}.walk`)}
      {` · ${machine.place(walk)}`}
    </>
  );
}

function Middle(at: At) {
  const { walk, go } = at;
  const step = machine.current(walk);
  if (walk.aside === machine.ASIDE) return <Aside {...at} />;
  if (walk.aside === machine.NEEDS) return <Needs {...at} />;
  if (walk.aside) return <Need {...at} />;
  if (step.kind === "paper")
    return (
      // it fills the middle; its name stands above, and is read at the heading
      <>
        <h1 class="unseen" tabIndex={-1}>
          {t("walk.paper")}
        </h1>
        <LargePicture photo={photoOf(step.item!.value)!} words={t("walk.paper_larger")} />
      </>
    );
  const section = sectionOf(step.title === null ? step.section : OWN);
  if (!section) return <Last {...at} />;
  const count = machine.waiting(walk);
  const item = (
    <>
      <Item step={step} section={section} />
      {count > 0 && (
        <Button class="button outline walk-unfold" onClick={() => go(machine.more)}>
          {t("walk.more", { count })}
        </Button>
      )}
    </>
  );
  return step.section === machine.STRATEGIES ? <Helper>{item}</Helper> : item;
}

interface Props {
  plan: Plan;
  /** What is open beside the first step. */
  aside?: string | null;
}

/** A class, since hooks alone would be a tenth of all that the walk must load. */
export class WalkScreen extends Component<Props, machine.Walk> {
  private root = createRef<HTMLDivElement>();
  private isLeft = new AbortController();

  override state: machine.Walk = { ...this.begun(), aside: this.props.aside ?? null };

  private begun(): machine.Walk {
    return machine.begin(machine.steps(this.props.plan, sections(), new Date().getHours()));
  }

  private go: Go = (move) => this.setState(move);

  override componentDidMount() {
    attend(this.go, () => this.begun(), this.isLeft.signal);
  }

  override componentWillUnmount() {
    this.isLeft.abort();
  }

  /** Every change of screen takes the focus to the new heading, and the eye to its top. */
  override componentDidUpdate(_: Props, former: machine.Walk) {
    if (former.at === this.state.at && former.aside === this.state.aside) return;
    const root = this.root.current!;
    root.classList.add("walk-moved");
    root.querySelector("h1")!.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  override render(_: Props, walk: machine.Walk) {
    const aside = sectionOf(machine.ASIDE);
    const safer = aside ? machine.filledItems(this.props.plan, aside) : [];
    const at = { walk, go: this.go, safer };
    return (
      <div class="walk" ref={this.root}>
        <header class="walk-top">
          <p id="where">
            <Where {...at} />
          </p>
          <Link href="/" words="walk.stop" />
        </header>
        <div class="walk-step" key={walk.aside ?? walk.at}>
          <div class="walk-middle">
            <Middle {...at} />
          </div>
        </div>
        <div class="walk-foot">
          <Controls {...at} />
        </div>
      </div>
    );
  }
}
