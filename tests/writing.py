"""A process that saves plans without end and says of each that it was answered: `python -m
tests.writing URL PEOPLE`, a line an acknowledgement, account in hex and revision."""

import sys
from itertools import count

from app.storage.database import Database
from tests.installation import account, save


def main(url: str, people: int) -> None:
    database = Database(url)
    for turn in count(2):
        for number in range(people):
            save(database, number, turn)
            print(account(number).hex, turn, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
