"""What the models see of a text: words, characters, sounds and words that go together, counted and weighted.

Of the sentences that ask, words and pairs count once more: people tell a story around what they want.

Of whole sentences only. Rasa's own CountVectorsFeaturizer also makes a row for each single word, which nobody here
reads and which took most of the time of a training.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Callable, Dict, List, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from bot.nlu.sentences import asking
from bot.nlu.sounds import all_as_heard, as_heard

Block = Callable[..., CountVectorizer]

_WORD = re.compile(r"\b\w+\b")
SMALL_WORDS = frozenset((
    "le", "la", "les", "l", "de", "du", "des", "d", "un", "une", "et", "a", "au", "aux", "en", "y", "je", "j", "me",
    "m", "mon", "ma", "mes", "il", "elle", "on", "ce", "c", "se", "s", "qui", "que", "qu", "est",
))  # fmt: skip
_STEM, _NEAR = 5, 8


def pairs(text: Text) -> List[Text]:
    """Stems, as heard, of each two words that stand near each other, in either order; small words left out.

    « mon code ne passe plus » and « il passe plus, leur code »: what is said with what, whatever stands between.
    """
    stems = [as_heard(word)[:_STEM] for word in _WORD.findall(text) if word not in SMALL_WORDS]
    return [" ".join(sorted((one, other))) for i, one in enumerate(stems) for other in stems[i + 1 : i + 1 + _NEAR]]


def pairs_asking(text: Text) -> List[Text]:
    """Pairs within the sentences that ask."""
    return pairs(asking(text))


_block = partial(CountVectorizer, lowercase=False, token_pattern=r"(?u)\b\w+\b", dtype=np.float32)
# Blocks of words first: the network reads these alone.
WORD_BLOCKS: Tuple[Block, ...] = (
    partial(_block, analyzer="word", ngram_range=(1, 2)),
    partial(_block, analyzer=pairs),
    partial(_block, analyzer="word", ngram_range=(1, 2), preprocessor=asking),
    partial(_block, analyzer=pairs_asking),
)
LETTER_BLOCKS: Tuple[Block, ...] = (
    partial(_block, analyzer="char_wb", ngram_range=(3, 5)),
    partial(_block, analyzer="char_wb", ngram_range=(3, 4), preprocessor=all_as_heard),
)
BLOCKS = WORD_BLOCKS + LETTER_BLOCKS


class Features:
    """Blocks of n-grams; each weighted by (1 + log tf) * idf, each row of a block of length one."""

    def __init__(self, blocks: Sequence[Block] = BLOCKS) -> None:
        self._blocks = blocks
        self._vectorizers: List[CountVectorizer] = []
        self._weights: List[np.ndarray] = []

    def learn(self, texts: Sequence[Text], *, seen_from: int) -> csr_matrix:
        """Take the n-grams that `seen_from` texts or more hold. Returns the (texts, features) matrix, float32."""
        self._vectorizers = [block(min_df=seen_from) for block in self._blocks]
        counts = [vectorizer.fit_transform(texts) for vectorizer in self._vectorizers]
        self._weights = [_idf(each) for each in counts]
        return self._weighted(counts)

    @property
    def of_words(self) -> slice:
        """The columns of the blocks of words."""
        return slice(sum(len(weights) for weights in self._weights[: len(WORD_BLOCKS)]))

    def of(self, texts: Sequence[Text]) -> csr_matrix:
        """The (texts, features) matrix, float32; n-grams that were never learnt count for nothing."""
        return self._weighted([vectorizer.transform(texts) for vectorizer in self._vectorizers])

    def _weighted(self, counts: List[csr_matrix]) -> csr_matrix:
        weighted = [
            normalize(_weighed(each, weights), copy=False) for each, weights in zip(counts, self._weights, strict=True)
        ]
        return hstack(weighted).tocsr().astype(np.float32)

    def stored(self) -> Dict[Text, Any]:
        """As plain arrays: `terms<i>`, in the order of their columns, and `idf<i>`."""
        arrays: Dict[Text, Any] = {}
        for i, (vectorizer, weights) in enumerate(zip(self._vectorizers, self._weights, strict=True)):
            arrays[f"terms{i}"] = vectorizer.get_feature_names_out().astype(str)
            arrays[f"idf{i}"] = weights
        return arrays

    @classmethod
    def restored(cls, arrays: Dict[Text, Any]) -> Features:
        """From what `stored` gave."""
        features = cls()
        features._weights = [arrays[f"idf{i}"] for i in range(len(BLOCKS))]
        features._vectorizers = [
            block(vocabulary={str(term): column for column, term in enumerate(arrays[f"terms{i}"])})
            for i, block in enumerate(BLOCKS)
        ]
        return features


def _idf(counts: csr_matrix) -> np.ndarray:
    documents = np.diff(counts.tocsc().indptr)
    return (np.log((1.0 + counts.shape[0]) / (1.0 + documents)) + 1.0).astype(np.float32)


def _weighed(counts: csr_matrix, weights: np.ndarray) -> csr_matrix:
    """(1 + log count) * idf: a word said twice is not twice as telling. In place."""
    counts.data = (1.0 + np.log(counts.data)) * weights[counts.indices]
    return counts
