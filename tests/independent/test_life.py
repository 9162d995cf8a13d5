"""An account's life, from the first registration to its deletion, at its real cost of Argon2."""

from tests.independent import chapters_of_saving as saving
from tests.independent import chapters_of_secrets as secret
from tests.independent.account import Credentials
from tests.independent.conftest import HOST, NewDevice
from tests.independent.plan_items import Writer
from tests.independent.process import Server

# Drawn once, so that both databases share what Argon2 made of them.
FIRST = Credentials(HOST)
ROTATED = Credentials(HOST, passphrase="six words after all was rotated")


def test_an_account_lives_its_life(server: Server, new_device: NewDevice) -> None:
    phone, computer = new_device("phone"), new_device("computer")
    life = saving.Life(server, FIRST, phone, computer, Writer())
    saving.an_account_is_registered_though_the_answer_is_lost(life)
    saving.five_revisions_are_saved_and_a_power_cut_takes_none(life)
    saving.a_second_device_signs_in_by_name_and_passphrase(life)
    saving.a_stale_save_is_answered_with_what_stands_there(life)
    saving.an_answer_that_was_lost_is_resolved_by_its_hash(life)
    saving.a_journal_is_begun_once_and_saved(life)
    saving.earlier_revisions_are_listed_and_one_is_opened(life)
    tablet = new_device("tablet")
    secret.the_code_alone_brings_it_back(life, tablet)
    secret.the_recovery_code_is_changed_and_the_old_one_is_dead(life, tablet)
    secret.sessions_are_listed_and_ended(life, tablet)
    secret.everything_is_rotated(life, tablet, ROTATED)
    secret.the_journal_is_deleted(life)
    secret.the_account_is_deleted_and_nothing_answers_for_it(life, tablet)
