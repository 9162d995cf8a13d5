"""A whole life of an account, and every way to ask wrongly in it; each answer is kept as heard."""

from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

from tests.api.conftest import Clock
from tests.api.people import JOURNAL, PLAN, Browser, Json, Person, tag, text

CANARY = "c4nary"
ID = "c4naryc4naryc4naryc4nA"


@dataclass
class Heard(Browser):
    """A device whose answers are kept; every request carries the canary where a client may fill."""

    answers: list[Any] = field(default_factory=list)

    def ask(self, method: str, path: str, **sent: Any) -> Any:
        marks = {"User-Agent": CANARY, "Referer": CANARY, "X-Request-Id": CANARY}
        given = {**marks, **(sent.pop("headers", None) or {})}
        answer = super().ask(method, f"{path}?{CANARY}={CANARY}", headers=given, **sent)
        self.answers.append(answer)
        self.client.cookies.clear()  # it is https: each device keeps its own
        return answer


@dataclass
class Life:
    """One person with a phone and a computer; `answers` is what both of them heard."""

    person: Person
    phone: Heard
    computer: Heard
    clock: Clock

    @property
    def answers(self) -> list[Any]:
        return [*self.phone.answers, *self.computer.answers]

    def whole(self) -> None:
        """Every route of an account, once as it should be asked and in several wrong ways."""
        self.phone.register(self.person)
        self.sessions()
        self.plans()
        self.wrong()
        self.clock.forward(days=31)
        self.phone.ask("GET", "/plan")
        self.changes()
        self.ends()

    def sessions(self) -> None:
        person, phone, computer = self.person, self.phone, self.computer
        computer.sign_in(person)
        computer.ask("POST", "/recovery-sessions", json=self.recovery())
        for path in ("/sessions", "/key-slots"):
            phone.ask("GET", path)
        stranger = Person(name=person.name)
        computer.sign_in(stranger)
        computer.ask("POST", "/recovery-sessions", json={**self.recovery(), **wrong(stranger)})
        slot = phone.ask("GET", "/key-slots").json()[0]["id"]
        for path in (f"/key-slots/{slot}", f"/key-slots/{ID}", f"/sessions/{ID}", "/key-slots/x"):
            phone.ask("DELETE", path, headers=person.recovery_proof())
            phone.ask("DELETE", path)

    def recovery(self) -> Json:
        return {**self.person.recovery_fields(), "device": "other"}

    def plans(self) -> None:
        person, phone = self.person, self.phone
        first = phone.ask("GET", "/plan").content
        second = person.envelope(PLAN, 2, first)
        for match in (tag(1, first), tag(1, first), tag(7, first), "*"):
            phone.save("plan", second, match)
        phone.save("plan", person.envelope(PLAN, 9, second), tag(2, second))
        phone.save("plan", second[:100], tag(2, second))
        phone.ask("GET", "/plan", headers={"If-None-Match": tag(2, second)})
        phone.ask("GET", "/journal")
        phone.save("journal", person.envelope(JOURNAL), "*")
        for path in ("/journal", "/plan/revisions", "/plan/revisions/1", "/plan/revisions/99"):
            phone.ask("GET", path)
        phone.ask("DELETE", "/journal")

    def wrong(self) -> None:
        """Bodies with the canary in every field that there is, and from a page of another site."""
        person, phone = self.person, self.phone
        bodies = [person.registration(), {**person.passphrase_fields(), "device": "phone"}]
        bodies += [dict.fromkeys(body, CANARY) for body in bodies]
        bodies += [{**person.passphrase_fields(), "key_slot": {**person.slot("passphrase")}}]
        bodies += [{"name": CANARY, CANARY: CANARY, "key_slot": {"kind": CANARY}}]
        paths = ("/account/passphrase", "/account/recovery", "/account/rotation", "/accounts")
        for path in (*paths, "/sessions", "/recovery-sessions"):
            for body in bodies[2:]:
                phone.ask("POST", path, json=body, headers=person.recovery_proof())
                phone.ask("POST", path, json=body, headers={"Authorization": CANARY})
            phone.ask("POST", path, json=bodies[0], ours={"Origin": f"https://{CANARY}.example"})
        phone.ask("PUT", "/plan", content=CANARY.encode(), headers={"If-Match": CANARY})
        taken = {**Person().registration(), "name": person.name}
        Heard(phone.client, answers=phone.answers).ask("POST", "/accounts", json=taken)

    def changes(self) -> None:
        person, phone = self.person, self.phone
        old, proof = phone.ask("GET", "/plan").content, person.recovery_proof()
        slots = [person.slot("passphrase"), person.slot("recovery")]
        new = {**person.passphrase_fields(), "key_slot": slots[0]}
        phone.ask("POST", "/account/passphrase", json=new, headers=proof)
        new = {**person.recovery_fields(), "key_slot": slots[1]}
        phone.ask("POST", "/account/recovery", json=new, headers=proof)
        sealed = text(person.envelope(PLAN, 3, old))
        plan = {"object_id": text(person.objects[PLAN]), "envelope": sealed}
        secrets = {**person.passphrase_fields(), **person.recovery_fields()}
        new = {**secrets, "key_slots": slots, "plan": plan}
        for _ in range(2):  # the second time it is stale
            match = {"If-Match": tag(2, old)}
            phone.ask("POST", "/account/rotation", json=new, headers={**proof, **match})

    def ends(self) -> None:
        person, phone, computer = self.person, self.phone, self.computer
        proof = person.recovery_proof()
        computer.ask("POST", "/recovery-sessions", json=self.recovery())
        computer.ask("DELETE", "/sessions/current")
        computer.ask("POST", "/recovery-sessions", json=self.recovery())
        listed = computer.ask("GET", "/sessions").json()
        mine = next(one["id"] for one in listed if one["current"])
        computer.ask("DELETE", f"/sessions/{mine}", headers=proof)
        phone.ask("DELETE", "/sessions", headers=proof)
        for _ in range(6):  # until it has to wait
            phone.ask("DELETE", "/account", headers=Person().proof())
        phone.ask("DELETE", "/account", headers=proof)
        phone.ask("GET", "/plan")
        again = person.registration()
        phone.ask("POST", "/accounts", json=again)


def wrong(person: Person) -> Json:
    return {"recovery_auth": text(person.recovery_auth)}


def begun(client: TestClient, clock: Clock) -> Life:
    """Not lived yet; the name is one that can be searched for."""
    person = Person(name=f"{CANARY.replace('4', 'a')}-{Person().name.partition('-')[2]}")
    return Life(person, Heard(client), Heard(client), clock)
