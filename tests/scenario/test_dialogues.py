"""Each dialogue through the real processes, with its wrong turns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from tests.scenario.conftest import Stack, kinds, topics, words

PHONE = "0 806 001 620"
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def french(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


class TestEPhoto:
    def test_used_already_is_one_question(self, stack: Stack):
        talk = stack.talk()
        assert kinds(talk.say("mon code e-photo est refusé")) == ["answer", "question"]
        reply = talk.press("Oui")
        assert kinds(reply) == ["answer"]
        assert "une seule démarche" in words(reply)

    @pytest.mark.parametrize(
        ("when", "expected"),
        [("il y a 8 mois", "6 mois"), ("hier", "24 à 48 heures"), ("Il y a plus de 6 mois", "6 mois")],
    )
    def test_the_age_of_the_photo_decides(self, stack: Stack, when: str, expected: str):
        talk = stack.talk()
        talk.say("le code de ma photo ne marche pas")
        talk.say("non")
        assert expected in words(talk.say(when))

    def test_by_buttons_to_the_booth(self, stack: Stack):
        talk = stack.talk()
        talk.say("code photo pas reconnu")
        talk.press("Non")
        assert kinds(talk.press("Entre 2 jours et 6 mois")) == ["question"]
        reply = talk.press("Dans une cabine")
        assert "carte" in words(reply)
        assert "geolocaliser-les-photographes-habilites" in words(reply)

    def test_typed_photographer(self, stack: Stack):
        talk = stack.talk()
        talk.say("code photo pas reconnu")
        talk.say("jamais")
        talk.say("il y a 2 mois")
        assert "photographe" in words(talk.say("chez un photographe")).lower()

    def test_not_knowing_anything_still_ends_in_something_to_do(self, stack: Stack):
        talk = stack.talk()
        talk.say("code photo pas reconnu")
        for _ in range(3):
            reply = talk.say("je ne sais pas")
        assert kinds(reply) == ["answer"]
        assert PHONE in words(reply)

    def test_a_new_question_in_the_middle_and_back(self, stack: Stack):
        talk = stack.talk()
        talk.say("mon code e-photo est refusé")
        talk.say("non")
        middle = talk.say("c'est quoi les formats de fichiers acceptés pour les documents ?")
        assert topics(middle)[0] == "pieces-justificatives"
        assert kinds(middle)[-1] == "question", "the open question is asked again"
        assert "6 mois" in words(talk.say("il y a 8 mois"))

    def test_two_other_questions_in_a_row_let_it_go(self, stack: Stack):
        talk = stack.talk()
        talk.say("mon code e-photo est refusé")
        talk.say("j'ai oublié mon mot de passe")
        reply = talk.say("comment payer le timbre fiscal ?")
        assert kinds(reply) == ["answer"]

    def test_let_it_be(self, stack: Stack):
        talk = stack.talk()
        talk.say("mon code e-photo est refusé")
        assert kinds(talk.say("laisse tomber")) == ["notice"]
        assert kinds(talk.say("oui")) == ["not_understood"]


class TestProlongation:
    @pytest.mark.parametrize(
        ("case", "expected"),
        [("première demande", "ne permet ni de voyager"), ("c'est un renouvellement", "même expiré")],
    )
    def test_each_case_has_its_rights(self, stack: Stack, case: str, expected: str):
        talk = stack.talk()
        assert kinds(talk.say("à quoi me donne droit l'attestation de prolongation ?")) == ["answer", "question"]
        assert expected in words(talk.say(case))

    def test_the_other_case_as_a_follow_up(self, stack: Stack):
        talk = stack.talk()
        talk.say("j'ai reçu une ADP, est-ce que je peux voyager ?")
        talk.press("Une première demande")
        assert "même expiré" in words(talk.say("et pour un renouvellement ?"))

    def test_not_knowing_gives_both_cases(self, stack: Stack):
        talk = stack.talk()
        talk.say("j'ai reçu une ADP, est-ce que je peux voyager ?")
        whole = words(talk.press("Je ne sais pas")).lower()
        assert "première demande" in whole
        assert "renouvellement" in whole


class TestPaper:
    @pytest.mark.parametrize(
        ("paper", "expected"),
        [("récépissé", "récépissé"), ("la confirmation de mon vls-ts", "Référence"), ("ma carte de séjour", "titre")],
    )
    def test_each_paper_has_its_place(self, stack: Stack, paper: str, expected: str):
        talk = stack.talk()
        assert kinds(talk.say("où est mon numéro étranger ?")) == ["answer", "question"]
        reply = talk.say(paper)
        assert topics(reply)[0] == "numero-etranger-ou"
        assert expected in words(reply)

    def test_no_paper(self, stack: Stack):
        talk = stack.talk()
        talk.say("où est mon numéro étranger ?")
        assert kinds(talk.press("Aucun")) == ["answer"]


class TestFiling:
    def test_the_window_is_worked_out(self, stack: Stack):
        expiry = date.today() + timedelta(days=300)
        talk = stack.talk()
        assert kinds(talk.say("quand dois-je déposer ma demande ?")) == ["answer", "question"]
        reply = talk.say(expiry.strftime("%d/%m/%Y"))
        assert kinds(reply) == ["answer"]
        assert french(expiry - relativedelta(months=4)) in words(reply)
        assert french(expiry - relativedelta(months=2)) in words(reply)

    def test_a_date_in_the_question_is_enough(self, stack: Stack):
        year = date.today().year + 1
        reply = stack.talk().say(f"quand déposer ma demande si mon titre expire le 31/08/{year} ?")
        assert kinds(reply) == ["answer"]
        assert f"30 avril {year}" in words(reply)
        assert f"30 juin {year}" in words(reply), "31 August minus two months is clamped to 30 June"

    def test_an_impossible_date_is_said_and_asked_again(self, stack: Stack):
        talk = stack.talk()
        talk.say("quand dois-je déposer ma demande ?")
        reply = talk.say(f"31/02/{date.today().year + 1}")
        assert "n'existe pas" in words(reply)
        assert kinds(reply)[-1] == "question"
        assert "au plus tôt" in words(talk.say("dans 8 mois"))

    def test_a_date_past_the_window_says_what_to_do(self, stack: Stack):
        talk = stack.talk()
        talk.say("quand dois-je déposer ma demande ?")
        reply = talk.say("dans 3 semaines")
        assert "depot-tardif" in (reply[-1]["suggestions"] or [])

    def test_a_title_that_ended_yesterday(self, stack: Stack):
        talk = stack.talk()
        talk.say("quand dois-je déposer ma demande ?")
        reply = talk.say("hier")
        assert "depot-tardif" in (reply[-1]["suggestions"] or [])
        assert PHONE in words(reply)

    def test_a_date_a_lifetime_away_is_doubted(self, stack: Stack):
        talk = stack.talk()
        talk.say("quand dois-je déposer ma demande ?")
        assert "vérifier l'année" in words(talk.say("12/05/1950"))

    def test_not_knowing_gives_the_rule(self, stack: Stack):
        talk = stack.talk()
        talk.say("quand dois-je déposer ma demande ?")
        assert "4 mois" in words(talk.press("Je ne sais pas"))


class TestLostTitle:
    @pytest.mark.parametrize(("left", "expected"), [(60, "renouvellement"), (400, "Je signale la perte")])
    def test_ninety_days_decide(self, stack: Stack, left: int, expected: str):
        talk = stack.talk()
        assert kinds(talk.say("j'ai perdu ma carte de séjour")) == ["answer", "question"]
        reply = talk.say((date.today() + timedelta(days=left)).strftime("%d/%m/%Y"))
        assert f"{left} jours" in words(reply)
        assert expected in words(reply)

    def test_an_ended_title(self, stack: Stack):
        talk = stack.talk()
        talk.say("on m'a volé mon titre de séjour")
        assert "était valable" in words(talk.say("il y a 3 mois"))


class TestConversation:
    def test_urgency_comes_first(self, stack: Stack):
        reply = stack.talk().say("mon titre de séjour expire dans 3 jours et je n'ai pas d'attestation de prolongation")
        assert kinds(reply)[0] == "notice"
        assert PHONE in reply[0]["text"]
        assert len(reply) > 1

    def test_urgency_is_said_once(self, stack: Stack):
        talk = stack.talk()
        talk.say("je vais perdre mon travail, je n'ai pas reçu mon attestation de prolongation")
        assert "notice" not in kinds(talk.say("je vais perdre mon travail sans l'attestation de prolongation"))

    def test_none_of_the_suggestions(self, stack: Stack):
        talk = stack.talk()
        assert kinds(talk.say("attestation svp")) == ["suggestions"]
        assert PHONE in words(talk.press("Aucune"))

    def test_neighbours_are_offered_after_an_answer(self, stack: Stack):
        talk = stack.talk()
        answer = talk.say("comment me faire rembourser mon timbre fiscal ?")[0]
        assert answer["suggestions"]
        titles = [button["title"] for button in answer["buttons"]]
        assert topics(talk.press(titles[-1]))[0] == answer["suggestions"][-1]

    def test_the_follow_up_of_a_failure_goes_one_step_on(self, stack: Stack):
        talk = stack.talk()
        talk.say("j'ai oublié mon mot de passe")
        assert topics(talk.say("et si ça ne marche toujours pas ?"))[0] == "compte-bloque"

    @pytest.mark.parametrize(
        ("follow_up", "silent", "instead", "entry"),
        [
            ("et c'est payant ?", "ne parle pas de prix", "comment payer la taxe ?", "timbre-paiement"),
            (
                "ça dure combien de temps ?",
                "pas de durée",
                "combien de temps prend le traitement ?",
                "delais-traitement",
            ),
        ],
    )
    def test_a_follow_up_the_entry_is_silent_on(self, stack: Stack, follow_up, silent, instead, entry):
        talk = stack.talk()
        talk.say("j'ai oublié mon mot de passe")
        reply = talk.say(follow_up)
        assert kinds(reply) == ["notice", "answer"]
        assert silent in reply[0]["text"]
        assert instead in reply[0]["text"]
        assert PHONE in reply[0]["text"]
        assert topics(talk.say(instead))[0] == entry

    def test_the_same_question_again_gets_the_whole_answer_then_a_person(self, stack: Stack):
        talk = stack.talk()
        question = "comment payer le timbre fiscal ?"
        short, whole, person = talk.say(question), talk.say(question), talk.say(question)
        assert len(words(whole)) > len(words(short))
        assert PHONE in person[0]["text"]

    def test_not_that(self, stack: Stack):
        talk = stack.talk()
        given = topics(talk.say("comment payer le timbre fiscal ?"))[0]
        reply = talk.say("non, ce n'est pas ça")
        assert kinds(reply) in (["suggestions"], ["not_understood"])
        assert given not in (reply[0]["suggestions"] or [])

    def test_say_it_again(self, stack: Stack):
        talk = stack.talk()
        first = talk.say("comment payer le timbre fiscal ?")
        assert words(talk.say("vous pouvez répéter ?")) == words(first)
