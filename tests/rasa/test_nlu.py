"""Components of understanding: each fires, leaves alone, and has defaults; what is stored ranks the same."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu import perceptron
from bot.nlu.bare_word import BareWord
from bot.nlu.decision import Decision
from bot.nlu.features import pairs
from bot.nlu.label_classifier import LabelClassifier
from bot.nlu.labels import UNDERSTANDING
from bot.nlu.lexicon import marked
from bot.nlu.second_opinion import SecondOpinion
from bot.nlu.sentences import asking
from bot.nlu.sounds import as_heard

CONTEXT = ExecutionContext(GraphSchema({}), "model")
EXAMPLES = {
    "faq/mot-de-passe-oublie": ("mot de passe perdu", "oublie le mot de passe", "je veux changer mon mot de passe"),
    "faq/timbre-paiement": ("ou payer le timbre", "comment payer la taxe", "timbre fiscal combien"),
    "out_of_scope/divers": ("il pleut demain", "une blague de chat", "quel temps a paris demain"),
}


@pytest.fixture
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


@pytest.fixture
def data():
    found = [
        Message.build(text=text, intent=label, intent_metadata=None)
        for label, texts in EXAMPLES.items()
        for text in texts
    ]
    return TrainingData(found)


def created(component, storage, **config):
    config = {**component.get_default_config(), **config}
    return component.create(config, storage, Resource(component.__name__), CONTEXT)


def understood(first="faq/timbre-paiement", confidence=0.9, closest=None, score=90.0, not_ours=0.0, agreed=True):
    return {
        "ranking": [{"label": first, "confidence": confidence}, {"label": "greet", "confidence": (1 - confidence) / 2}],
        "mass": {"out_of_scope": not_ours},
        "agreed": agreed,
        "second_opinion": [{"label": closest or first, "score": score}],
    }


def decided(understanding, text="ou payer le timbre", **config):
    message = Message(data={TEXT: text, UNDERSTANDING: understanding})
    created(Decision, None, **config).process([message])
    return message.get("intent", {}).get("name"), message.get(UNDERSTANDING, {}).get("label")


@pytest.mark.parametrize(
    "understanding, intent, label",
    [
        (understood(confidence=0.98, score=100.0), "faq", "faq/timbre-paiement"),
        (understood("lookup_status", 0.98, score=100.0), "lookup_status", "lookup_status"),
        (understood("greet", 0.8), "greet", "greet"),
        (understood("greet", 0.55, score=30.0), "greet", "greet"),
        (understood("follow_up/where", 0.55, score=30.0), "follow_up", "follow_up/where"),
        (understood("greet", 0.8, agreed=False, not_ours=0.18), "greet", "greet"),
        (understood("out_of_scope/divers", 0.9, not_ours=0.95), "out_of_scope", "out_of_scope/divers"),
    ],
)
def test_the_decision_carries_what_the_opinions_carry(understanding, intent, label):
    assert decided(understanding) == (intent, label)


@pytest.mark.parametrize(
    "understanding, intent",
    [
        (understood(confidence=0.3, closest="faq/arnaques", score=50.0), "unsure"),
        (understood(confidence=0.45, closest="out_of_scope/autres-timbres", score=80.0, not_ours=0.4), "unsure"),
        (understood("greet", 0.45, score=90.0), "unsure"),
        (understood(confidence=0.6, score=100.0), "unsure"),
        (understood(confidence=0.8, not_ours=0.16), "unsure"),
        (understood(confidence=0.9, agreed=False), "unsure"),
        (understood(confidence=0.05, closest="faq/arnaques", score=30.0), "nlu_fallback"),
    ],
)
def test_the_decision_leaves_doubt_open(understanding, intent):
    assert decided(understanding) == (intent, None)


def test_the_decision_leaves_a_message_without_opinions_alone():
    assert decided({"ranking": []}) == (None, None)


def test_the_defaults_of_the_decision_ask_most_of_an_answer():
    config = Decision.get_default_config()
    assert config["answer_from"] > config["agreed_from"] > config["talk_from"] > config["suggest_from"]


@pytest.mark.parametrize(
    "typed, meant", [("refuser", "refusé"), ("fotografe", "photographe"), ("kitter", "quitter"), ("adrece", "adresse")]
)
def test_words_that_sound_alike_are_heard_alike(typed, meant):
    assert as_heard(typed) == as_heard(meant.replace("é", "e"))


@pytest.mark.parametrize("one, other", [("compte", "carte"), ("photo", "poste"), ("timbre", "titre")])
def test_words_that_sound_otherwise_stay_apart(one, other):
    assert as_heard(one) != as_heard(other)


def test_words_go_together_in_either_order_whatever_stands_between():
    assert {"ko pa", "ko plu"} <= set(pairs("mon code ne passe plus")) & set(pairs("il passe plus, leur code"))
    assert pairs("le la de un") == []


@pytest.mark.parametrize(
    "text, asked",
    [
        ("je vis a lille. ou est mon numero ? merci d' avance", "ou est mon numero"),
        ("comment payer le timbre", "comment payer le timbre"),
        ("mon titre finit bientot. j' ai peur. la photo est refusee", "la photo est refusee"),
        ("je cherche le code. ma soeur est venue. quand vient le mail", "je cherche le code quand vient le mail"),
        ("?!", ""),
    ],
)
def test_of_a_story_what_asks_counts_once_more(text, asked):
    assert asking(text) == asked


def test_words_of_other_peoples_business_are_marked_and_ours_are_not():
    assert marked("mot de passe netflix") == "mot de passe netflix xservice"
    assert marked("permis de conduire ou permis de sejour") == "permis de conduire xpapier ou permis de sejour"


def bare_word(storage, data, first, text):
    created(BareWord, storage, seen_from=2).train(data)
    component = BareWord.load({}, storage, Resource("BareWord"), CONTEXT)
    message = Message(data={TEXT: text, UNDERSTANDING: understood(first)})
    component.process([message])
    return [(item["label"], item["confidence"]) for item in message.get(UNDERSTANDING)["ranking"]]


def test_a_bare_word_may_mean_what_short_examples_with_it_mean(storage):
    examples = {
        "faq/timbre-paiement": ("payer timbre", "timbre fiscal", "le timbre ?"),
        "faq/timbre-remboursement": ("rendre le timbre", "comment puis-je me faire rembourser un timbre perdu"),
        "out_of_scope/autres-timbres": ("timbre passeport",),
    }
    data = TrainingData([Message.build(text=text, intent=label) for label, texts in examples.items() for text in texts])
    found = bare_word(storage, data, "faq/timbre-paiement", "Timbre ?")
    assert found == [("faq/timbre-paiement", 0.75), ("faq/timbre-remboursement", 0.25)]


@pytest.mark.parametrize(
    "first, text", [("greet", "timbre"), ("faq/timbre-paiement", "payer le timbre"), ("faq/timbre-paiement", "xyz")]
)
def test_other_messages_keep_the_ranking_of_the_classifier(storage, data, first, text):
    assert bare_word(storage, data, first, text) == [
        (i["label"], i["confidence"]) for i in understood(first)["ranking"]
    ]


def rankings(classifier, texts, storage):
    messages = [Message.build(text=text) for text in texts]
    created(WhitespaceTokenizer, storage).process(messages)
    classifier.process(messages)
    return [message.get(UNDERSTANDING)["ranking"] for message in messages]


@pytest.fixture
def learnt(storage, data):
    created(WhitespaceTokenizer, storage).process_training_data(data)
    classifier = created(LabelClassifier, storage, rounds=60)
    classifier.train(data)
    return classifier


def test_the_classifier_ranks_full_labels(learnt, storage):
    first, second = rankings(learnt, ["jai perdu le mot de passe", "comen payer"], storage)
    assert first[0]["label"] == "faq/mot-de-passe-oublie"
    assert second[0]["label"] == "faq/timbre-paiement"
    assert sum(item["confidence"] for item in first) == pytest.approx(1.0, abs=0.001)


def test_a_stored_classifier_ranks_the_same(learnt, storage):
    loaded = LabelClassifier.load(learnt._config, storage, Resource("LabelClassifier"), CONTEXT)
    asked = ["mot de passe", "le timbre", "une blague"]
    for one, other in zip(rankings(loaded, asked, storage), rankings(learnt, asked, storage), strict=True):
        assert [item["label"] for item in one] == [item["label"] for item in other]
        for stored, first in zip(one, other, strict=True):
            assert stored["confidence"] == pytest.approx(first["confidence"], abs=0.002)


def test_the_classifier_leaves_a_message_without_text_alone(learnt):
    message = Message(data={})
    learnt.process([message])
    assert message.get(UNDERSTANDING) is None


def test_the_network_learns_what_no_single_word_tells():
    """Exclusive or: no linear model gets all four right."""
    rows = csr_matrix(np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]] * 50, np.float32))
    targets = np.array([0, 1, 1, 0] * 50)
    weights = perceptron.fit(rows, targets, hidden=16, rounds=400)
    assert (perceptron.margins(rows, weights).argmax(axis=1) == targets).all()


def test_a_stored_second_opinion_ranks_the_same(storage, data):
    trained = SecondOpinion.create({}, storage, Resource("SecondOpinion"), CONTEXT)
    trained.train(data)
    loaded = SecondOpinion.load({}, storage, Resource("SecondOpinion"), CONTEXT)
    ranking = [{"label": label, "confidence": 0.3} for label in EXAMPLES]
    messages = [Message(data={TEXT: "MDP perdu", UNDERSTANDING: {"ranking": ranking}}) for _ in range(2)]
    trained.process(messages[:1])
    loaded.process(messages[1:])
    one, other = (message.get(UNDERSTANDING)["second_opinion"] for message in messages)
    assert one == other
    assert one[0] == {"label": "faq/mot-de-passe-oublie", "score": 100.0}


def test_the_second_opinion_is_about_the_labels_that_were_thought_of(storage, data):
    opinion = SecondOpinion.create({}, storage, Resource("SecondOpinion"), CONTEXT)
    opinion.train(data)
    found = {"ranking": [{"label": "faq/timbre-paiement", "confidence": 0.9}]}
    message = Message(data={TEXT: "mot de passe perdu", UNDERSTANDING: found})
    opinion.process([message])
    assert [item["label"] for item in message.get(UNDERSTANDING)["second_opinion"]] == ["faq/timbre-paiement"]
