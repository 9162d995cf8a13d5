"""Faults planted to see each check turn red, and innocent code that must stay green."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plant:
    """`file` must be named by the check of this law when these files are the tree."""

    law: str
    why: str
    files: dict[str, str]
    named: str = ""

    @property
    def file(self) -> str:
        return self.named or next(iter(self.files)).removeprefix("tests/vectors/")


def one(law: str, why: str, file: str, text: str) -> Plant:
    return Plant(law, why, {file: text})


UP_PY, UP_TS = "1 python imports only downward", "1 typescript imports only downward"
OWNER_PY, OWNER_TS = "2 a package has one owner", "2 a power of the browser has one owner"
NOW = "3 the way to the plan reaches little"
COMMIT, STATUS = "4 transactions live in one place", "5 error statuses live in one place"
RAISES, VERSION = "5 crypto raises", "6 a version has a vector"
STAY, OPENS = "6 vectors stay", "7 a file opens with a sentence"
COLOURS, SCRIPT = "8 colours are roles", "8 scripts hold no words"
BUDGET = "9 typescript is the smaller part"
TEMPLATE, FIELDS = "8 templates hold no words", "10 fields keep to themselves"
UI = "frontend/src/ui/"

PLANTS = [
    one(UP_PY, "storage imports api", "app/storage/plans.py", "from app.api import deps\n"),
    one(UP_PY, "api imports storage", "app/api/plans.py", "from ..storage import plans\n"),
    one(UP_PY, "crypto imports plan", "app/crypto/envelope.py", "import app.plan.schema\n"),
    one(UP_PY, "settings below main", "app/api/deps.py", "from app.settings import Settings\n"),
    one(UP_PY, "siblings", "app/services/a.py", "from app.services import b\n"),
    one(
        UP_PY, "hidden", "app/api/a.py", "def f():\n    from app.services import b\n    return b\n"
    ),
    one(UP_PY, "below a command", "app/api/a.py", "from app import cli_keys\n"),
    one(UP_PY, "a command imports api", "app/cli_keys.py", "from app.api import deps\n"),
    Plant(
        UP_PY,
        "a circle",
        {"app/plan/a.py": "from app.plan import b\n", "app/plan/b.py": "from app.plan import a\n"},
    ),
    one(UP_TS, "core imports ui", "frontend/src/core/plan.ts", 'import { a } from "../ui/edit";\n'),
    one(
        UP_TS,
        "a type from above",
        "frontend/src/device/a.ts",
        'import type { B } from "../state/b";\n',
    ),
    one(
        UP_TS,
        "a late import",
        "frontend/src/crypto/a.ts",
        'const b = await import("../device/b");\n',
    ),
    one(UP_TS, "export from", "frontend/src/core/a.ts", 'export * from "../state/plan";\n'),
    one(UP_TS, "service worker", "frontend/src/service-worker.ts", 'import "./core/walk";\n'),
    Plant(
        UP_TS,
        "a circle",
        {
            "frontend/src/core/a.ts": 'import { b } from "./b";\n',
            "frontend/src/core/b.ts": 'import { a } from "./a.ts";\n',
        },
        "frontend/src/core/a",
    ),
    one(OWNER_PY, "fastapi in services", "app/services/plans.py", "from fastapi import Depends\n"),
    one(OWNER_PY, "sqlmodel in api", "app/api/plans.py", "import sqlmodel\n"),
    one(OWNER_PY, "cryptography in plan", "app/plan/a.py", "from cryptography.hazmat import x\n"),
    one(OWNER_TS, "subtle", "frontend/src/device/a.ts", "await crypto.subtle.digest(a, b);\n"),
    one(OWNER_TS, "fetch", "frontend/src/state/a.ts", 'await fetch("/api");\n'),
    one(OWNER_TS, "window.fetch", "frontend/src/core/a.ts", 'await window.fetch("/api");\n'),
    one(OWNER_TS, "sockets", "frontend/src/state/a.ts", "new WebSocket(a);\n"),
    one(OWNER_TS, "indexedDB", "frontend/src/device/plan-box.ts", "indexedDB.open(a);\n"),
    one(OWNER_TS, "localStorage", UI + "a.tsx", "localStorage.setItem(a, b);\n"),
    one(OWNER_TS, "innerHTML", UI + "a.tsx", "node.innerHTML = text;\n"),
    one(OWNER_TS, "in JSX", UI + "b.tsx", "<p dangerouslySetInnerHTML={{ __html: a }} />;\n"),
    one(OWNER_TS, "core with a clock", "frontend/src/core/a.ts", "const t = Date.now();\n"),
    Plant(
        NOW,
        "state, two steps away",
        {
            "frontend/src/ui/walk.tsx": 'import { plan } from "../state/plan";\n',
            "frontend/src/now.tsx": 'import { Walk } from "./ui/walk";\n',
        },
    ),
    Plant(
        NOW,
        "sealing, two steps away",
        {
            "frontend/src/device/a.ts": 'import { seal } from "../crypto/envelope";\n',
            "frontend/src/now.tsx": 'import { a } from "./device/a";\n',
        },
    ),
    Plant(
        NOW,
        "a screen, early",
        {
            "frontend/src/device/box-stores.ts": 'import { t } from "../ui/elements/words";\n',
            "frontend/src/early.ts": 'import { readOnce } from "./device/box-stores";\n',
        },
    ),
    Plant(NOW, "a package, early", {"frontend/src/early.ts": 'import { h } from "preact";\n'}),
    one(UP_TS, "early imports ui", "frontend/src/early.ts", 'import "./ui/elements/words";\n'),
    Plant(NOW, "a package", {"frontend/src/now.tsx": 'import confetti from "confetti";\n'}),
    one(COMMIT, "a commit", "app/storage/plans.py", "def save(c):\n    c.commit()\n"),
    one(COMMIT, "a session", "app/api/deps.py", "from sqlmodel import Session\n"),
    one(COMMIT, "a begin", "app/services/a.py", "def f(c):\n    with c.begin():\n        pass\n"),
    one(STATUS, "HTTPException", "app/api/a.py", "from fastapi import HTTPException\n"),
    one(STATUS, "a number", "app/api/a.py", "x = Response(status_code=404)\n"),
    one(STATUS, "a name", "app/main.py", "x = status.HTTP_422_UNPROCESSABLE\n"),
    one(RAISES, "a flag", "app/crypto/a.py", "def check(a: bytes) -> bool:\n    return a > b''\n"),
    one(RAISES, "a constant", "app/crypto/a.py", "def check(a):\n    return False\n"),
    one(
        RAISES,
        "TypeScript",
        "frontend/src/crypto/a.ts",
        "export function ok(a: string): boolean {}\n",
    ),
    one(VERSION, "no version", "app/crypto/export_file.py", "x = AESGCM(key)\n"),
    one(VERSION, "no vector", "app/crypto/export_file.py", 'M = b"SPX2"\nx = AESGCM(key)\n'),
    one(VERSION, "TypeScript", "frontend/src/crypto/a.ts", "await aesSeal(key, bytes);\n"),
    one(STAY, "a vector changed", "tests/vectors/envelope-v1.json", '{"good": [1], "bad": []}'),
    one(STAY, "not pinned", "tests/vectors/other-v1.json", '{"good": [1]}'),
    one(OPENS, "Python", "app/api/a.py", "x = 1\n"),
    one(OPENS, "not a sentence", "app/api/b.py", '"""Plans"""\n'),
    one(OPENS, "TypeScript", "frontend/src/core/a.ts", "const a = 1; // Says it too late.\n"),
    one(OPENS, "style", "frontend/styles/a.css", "p { margin: 0 }\n"),
    one(OPENS, "template", "app/pages/templates/a.html", "<p>{{ t }}</p>\n"),
    one("7 a file is short", "301 lines", "app/api/a.py", "x = 1\n" * 301),
    one("7 a function is short", "Python", "app/a.py", "def f():\n" + "    x = 1\n" * 61),
    one(
        "7 a function is short",
        "TypeScript",
        UI + "a.tsx",
        "export const Edit = ({ a }: { a: string }) => {\n" + '  f("}");\n' * 61 + "};\n",
    ),
    one(COLOURS, "hex", "frontend/styles/a.css", "p { color: #fff; }\n"),
    one(COLOURS, "a function", "frontend/styles/a.css", "p { background: rgb(1 2 3) }\n"),
    one(COLOURS, "a name", "frontend/styles/a.css", "p { border: 1px solid red; }\n"),
    one(COLOURS, "in a page", "app/pages/templates/a.html", '<meta content="#1d2a2e">\n'),
    one(COLOURS, "in a script", UI + "a.tsx", 'const ink = "#1d2a2e";\n'),
    one(SCRIPT, "between tags", UI + "a.tsx", "return <p>Start here</p>;\n"),
    one(SCRIPT, "after a value", UI + "a.tsx", "return <p>{n} things</p>;\n"),
    one(SCRIPT, "after a tag", UI + "a.tsx", "return <p><b>{n}</b> things{m}</p>;\n"),
    one(SCRIPT, "before a value", UI + "a.tsx", "return <p class={a}>Hello {name}</p>;\n"),
    one(SCRIPT, "an attribute", UI + "a.tsx", 'return <nav aria-label="Sections" />;\n'),
    one(SCRIPT, "a string", "frontend/src/state/a.ts", 'say("Saved on this device");\n'),
    one(TEMPLATE, "text", "app/pages/templates/a.html", "<p>Call now</p>\n"),
    one(TEMPLATE, "an attribute", "app/pages/templates/a.html", '<nav aria-label="Lines"></nav>\n'),
    Plant(
        BUDGET,
        "more than app/",
        {"frontend/src/core/a.ts": "x\n" * 5, "app/a.py": "x\n" * 4},
        "frontend/src",
    ),
    Plant(
        BUDGET,
        "more than 6,000 lines",
        {"frontend/src/core/a.ts": "x\n" * 6001, "app/a.py": "x\n" * 8000},
        "frontend/src",
    ),
    one(FIELDS, "nothing said", UI + "a.tsx", "<input value={a} onInput={() => { f(); }} />;\n"),
    one(
        FIELDS,
        "translated",
        UI + "a.tsx",
        '<textarea autocomplete="off" spellcheck={false}></textarea>;\n',
    ),
    one(FIELDS, "editable", UI + "a.tsx", "<p contentEditable />;\n"),
]

CLEAN = {
    "app/main.py": '"""The one place that knows every part."""\nfrom fastapi import FastAPI\n'
    "from app.api import router\nfrom app.settings import Settings\n",
    "app/api/router.py": '"""Which route is where."""\nfrom fastapi import APIRouter\n'
    "from app.services import plans\nx = Response(status_code=204)\n",
    "app/api/problems.py": '"""What an error looks like."""\nfrom fastapi import HTTPException\n'
    "x = HTTPException(status_code=404)\n",
    "app/services/plans.py": '"""The rules of plans."""\nfrom app.errors import Stale\n',
    "app/storage/database.py": '"""Every transaction there is."""\nfrom sqlmodel import Session\n'
    "def write(c):\n    c.commit()\n",
    "app/crypto/envelope.py": '"""The envelope, sealed and opened."""\nMAGIC = b"SPE1"\n'
    "def seal(key: bytes) -> bytes:\n    return AESGCM(key)\n\n\n"
    "def _same(a: bytes) -> bool:\n    return a == b''\n",
    "tests/vectors/envelope-v1.json": '{"good": [1]}',
    "frontend/src/now.tsx": "// The way to the plan, first of all.\n"
    'import { render } from "preact";\nimport { Walk } from "./ui/walk";\n'
    'render(<Walk class="walk big" hour={(a > 2 && b < 3) ? 1 : 2}>{t("walk.a")}</Walk>, root);\n',
    "frontend/src/early.ts": "// Asks for the plan box while the page is still read.\n"
    'import { readOnce } from "./device/box-stores";\nreadOnce();\n',
    "frontend/src/device/box-stores.ts": "// What lies in the plan box, as it is.\n"
    'import { asked } from "./database";\nexport const readOnce = () => asked();\n',
    "frontend/src/ui/walk.tsx": "// One step a screen, with nothing beside it.\n"
    '// Nothing here calls fetch("x") or localStorage.\n'
    'import type { Step } from "../core/walk";\nimport { Call } from "./elements/call";\n'
    "export function Walk({ step }: { step: Step }): JSX.Element {\n"
    "  const [a, b] = useState<Map<string, Step> | null>(null);\n"
    '  const url = "tel:" + step.number; // It\'s the way out.\n'
    '  return (\n    <main>\n      <h1 translate={"no"}>{step.title}</h1>\n'
    '      {a && <Call href={url} />} {" · "}\n    </main>\n  );\n}\n',
    "frontend/src/ui/elements/call.tsx": "// A link that calls, and a field that says nothing.\n"
    'const quiet = { autocomplete: "off", spellcheck: false, translate: false } as const;\n'
    'export const Field = () => <input type="text" {...quiet} onInput={(e) => f(e > 1)} />;\n'
    'export const Tick = () => <input type="checkbox" />;\n',
    "frontend/src/core/walk.ts": "// The walk as steps that come one after another.\n"
    "export interface Step {\n  title: string;\n}\n",
    "frontend/src/crypto/primitives.ts": "/* Alone calls WebCrypto: lent to the rest. */\n"
    "export const digest = (a: Uint8Array) => crypto.subtle.digest(a);\n"
    "function same(a: number): boolean {\n  return a === 1;\n}\n",
    "frontend/src/service-worker.ts": "// Serves the release from its cache: the app offline.\n"
    "const answer = await fetch(request);\nconst bare = /[\"'`]/.test(a);\n",
    "frontend/styles/tokens.css": "/* Every colour, by role. */\n:root { --ink: #1d2a2e; }\n",
    "frontend/styles/walk.css": "/* The walk: white space and one big button. */\n"
    ".red-line:hover { color: var(--ink); border-color: currentcolor; white-space: pre-wrap; }\n",
    "app/pages/templates/page.html": "{# A page, whole without scripts. #}\n<!doctype html>\n"
    '<title>{{ t("page.lines.title") }}</title><nav aria-label="{{ t(\'bar.label\') }}"></nav>\n'
    '<style>p { color: var(--ink) }</style><a href="#main">{{ name }} · 988</a>\n',
    "app/more.py": '"""Enough lines of Python to be the larger part."""\n' + "x = 1\n" * 60,
}
