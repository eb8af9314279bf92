"""The list of sites: a doubtful one stops the start."""

from pathlib import Path

import pytest

from gateway.sites import SitesError, load_sites


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sites.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_of_the_project_is_in_order() -> None:
    sites = load_sites()
    assert sites.get("demo") is not None
    assert "https://www.rhone.gouv.fr" in sites.origins
    assert "self" not in sites.origins


def test_frame_ancestors_are_the_site_s_own_origins(tmp_path: Path) -> None:
    path = written(tmp_path, "aa: {name: A, origins: [self, 'https://a.example.invalid:8443']}")
    site = load_sites(path).get("aa")
    assert site is not None
    assert site.frame_ancestors == "'self' https://a.example.invalid:8443"


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*.gouv.fr",
        "https://www.rhone.gouv.fr/",
        "https://www.rhone.gouv.fr/page",
        "http://www.rhone.gouv.fr",
        "https://user@www.rhone.gouv.fr",
        "https://www.rhone.gouv.fr https://example.invalid",
        "https://www.rhone.gouv.fr; script-src *",
        "//www.rhone.gouv.fr",
        "https://WWW.rhone.gouv.fr",
        "null",
        "",
        12,
    ],
)
def test_what_is_not_an_exact_origin_is_refused(tmp_path: Path, origin: object) -> None:
    with pytest.raises(SitesError):
        load_sites(written(tmp_path, f"aa: {{name: A, origins: [{origin!r}]}}"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "aa: {name: A}",
        "aa: {name: A, origins: []}",
        "aa: {name: A, origins: self}",
        "aa: {name: A, origins: [self], more: 1}",
        "A B: {name: A, origins: [self]}",
        "aa: {name: A, origins: [self]}\nbb: {name: B, origins: [self]}",
    ],
)
def test_another_shape_or_a_shared_origin_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SitesError):
        load_sites(written(tmp_path, text))
