"""Ecolabels are a register: types have them by name, files are read by their other names."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.services import articles, changes, check, ecolabels, imports
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.ecolabels import EcolabelForm, EcolabelRow
from moebelcirkel.services.start import setup
from moebelcirkel.storage.tables.articles import Article, Ecolabel
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.parameters import ParameterRow
from tests.world import World


def label(context: Context, name: str) -> EcolabelRow:
    return next(each for each in ecolabels.ecolabels(context) if each.form.name == name)


def desk(name: str, ecolabel: str) -> ArticleValues:
    return ArticleValues(name=name, category_key="desk_fixed", ecolabel=ecolabel)


def label_of(context: Context, article_id: int) -> str:
    return articles.get(context, article_id).values.ecolabel


def test_the_register_begins_with_what_is_known(admin: Context) -> None:
    kinds = {row.form.name: row.form.type_1 for row in ecolabels.ecolabels(admin)}
    assert (kinds["Svanemærket"], kinds["EU-Blomsten"], kinds["Der Blaue Engel"]) == (True,) * 3
    assert (kinds["FSC"], kinds["Möbelfakta"], kinds["GREENGUARD"]) == (False,) * 3


def test_an_older_database_gets_what_its_types_and_settings_said(
    world: World, admin: Context
) -> None:
    def as_before(work: Work) -> None:
        for row in work.session.scalars(select(Ecolabel)):
            work.session.delete(row)
        words = "Svane; FSC;  Grønt  bord"
        work.session.add(ParameterRow(key="type_1_labels", value=words))
        work.session.add_all(
            Article(name=name, category_key="desk_fixed", ecolabel=name)
            for name in ("Svanen 031", "Kommunens eget")
        )

    world.context.write("setup", None, as_before)
    setup.load_reference(world.context)
    kinds = {row.form.name: row.form.type_1 for row in ecolabels.ecolabels(admin)}
    assert kinds["Svanemærket"] is kinds["Svanen 031"] is kinds["FSC"] is True
    assert kinds["Grønt bord"] is True
    assert kinds["Kommunens eget"] is kinds["EU-Blomsten"] is None
    setup.load_reference(world.context)
    with world.context.read() as session:
        brought = select(Change.id).where(Change.kind == "ecolabel.bring")
        assert len(session.scalars(brought).all()) == 1


def test_an_older_database_opens_whatever_its_types_and_settings_said(
    world: World, admin: Context
) -> None:
    def as_before(work: Work) -> None:
        for row in work.session.scalars(select(Ecolabel)):
            work.session.delete(row)
        words = "Svanemærket, EU-Blomsten, Bra Miljöval og de andre; Krav; KRAV"
        work.session.add(ParameterRow(key="type_1_labels", value=words))
        work.session.add(Article(name="Bord", category_key="desk_fixed", ecolabel="fsc"))

    world.context.write("setup", None, as_before)
    setup.load_reference(world.context)
    names = [row.form.name for row in ecolabels.ecolabels(admin)]
    assert [name for name in names if name.casefold() == "krav"] == ["KRAV"]
    row = label(admin, "fsc")
    ecolabels.save(admin, replace(row.form, active=False), row.id, row.version)
    assert "fsc" not in ecolabels.names(admin)
    assert "FSC" in ecolabels.names(admin)


def test_types_choose_from_it_and_keep_what_is_out_of_use(admin: Context) -> None:
    key = articles.add(admin, desk("Bord", "fsc")).id
    assert label_of(admin, key) == "FSC"
    with pytest.raises(Invalid):
        articles.add(admin, desk("Bord", "Et helt andet"))
    row = label(admin, "FSC")
    ecolabels.save(admin, replace(row.form, active=False), row.id, row.version)
    assert "FSC" not in ecolabels.names(admin)
    articles.save(admin, desk("Skrivebord", "FSC"), key)
    with pytest.raises(Refused):
        ecolabels.delete(admin, row.id, row.version + 1)


def test_another_name_goes_to_the_types_and_comes_back_whole(admin: Context) -> None:
    key = articles.add(admin, desk("Bord", "FSC")).id
    row = label(admin, "FSC")
    with pytest.raises(Invalid):
        ecolabels.save(admin, replace(row.form, name="pefc"), row.id, row.version)
    done = ecolabels.save(admin, replace(row.form, name="FSC Mix"), row.id, row.version)
    assert label_of(admin, key) == "FSC Mix"
    assert label(admin, "FSC Mix").types == 1
    changes.undo(admin, done.change_id or 0)
    assert label_of(admin, key) == "FSC"
    again = ecolabels.save(admin, replace(row.form, name="FSC Mix"), row.id, row.version + 2)
    other = articles.add(admin, desk("Reol", "FSC Mix"))
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, again.change_id or 0)
    changes.undo(admin, other.change_id or 0)
    changes.undo(admin, again.change_id or 0)
    assert [check.text(each) for each in check.run(admin).findings] == []


def test_undoing_never_leaves_a_type_with_a_label_that_is_gone(admin: Context) -> None:
    made = ecolabels.save(admin, EcolabelForm("Krav"))
    key = articles.add(admin, desk("Bord", "Krav")).id
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, made.change_id or 0)
    plain = articles.save(admin, desk("Bord", ""), key)
    gone = ecolabels.delete(admin, made.id, 1)
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, plain.change_id or 0)
    changes.undo(admin, gone.change_id or 0)
    changes.undo(admin, plain.change_id or 0)
    assert label_of(admin, key) == "Krav"


def test_an_import_reads_other_names_and_brings_what_is_new(admin: Context) -> None:
    lines = "nummer;navn;kategori;miljømærke\n"
    lines += "K-1;Bord;Skrivebord;Nordic Swan Ecolabel 031\nK-2;Reol;Skrivebord;Krav\n"
    lines += "K-3;Bænk;Skrivebord;Krav\nK-4;Stol;Skrivebord;FSC og Svanemærket\n"
    source = imports.read(lines.encode(), "l.csv")
    done = imports.run(admin, source, imports.suggest(admin, source))
    with admin.read() as session:
        found = session.scalars(select(Article).where(Article.key.like("K-%")))
        labels = {row.key: row.ecolabel for row in found}
    both = "FSC og Svanemærket"
    assert labels == {"K-1": "Svanemærket", "K-2": "Krav", "K-3": "Krav", "K-4": both}
    assert label(admin, "Krav").form == EcolabelForm("Krav")
    changes.undo(admin, done.change_id or 0)
    assert "Krav" not in ecolabels.names(admin)


def test_a_word_of_a_file_means_one_label(admin: Context) -> None:
    first = ecolabels.save(admin, EcolabelForm("Skovmærket", "Skov; Træ", type_1=False))
    with pytest.raises(Invalid) as refused:
        ecolabels.save(admin, EcolabelForm("Bøgemærket", "bøg;SKOV"))
    assert "SKOV means Skovmærket" in str(refused.value.errors["also"])
    row = next(each for each in ecolabels.ecolabels(admin) if each.id == first.id)
    ecolabels.save(admin, replace(row.form, also="Træ; Skov"), row.id, row.version)
