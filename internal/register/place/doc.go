// Package place is the register of dated places: provinces, districts and
// communes with ids that never change, the tree of any day, names and codes
// resolved at a day inside a province, and the lineage of merges and splits.
//
// A code is not an identity: all codes of 2025 are re-used, many for a place of
// another name. A place is known by its id "<code>.<n>", where n counts the
// bearers of the code in time order; ids are data of reference/ and are never
// made at import. Name, kind and parent are attributes with validity. A pure
// rename or change of kind keeps the id, a merge or split makes new ones.
//
// The register begins on 2021-07-01 (Nghị quyết 1262/NQ-UBTVQH14). What is known
// of earlier names is given by [Register.Formers]. Outside the two provinces the
// national register knows lists from 2024-05-01 on and uses the first one back to
// the register's first day.
package place
