// app/form/xlsform/entities.h - the entities sheet: which records a filled form creates or updates
// in lists that outlive it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"
#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

struct EntityDeclaration {
    std::string list;
    std::string entity_id, create_if, update_if, label;  ///< expressions, may be empty
    int row = 0;
};

/// Reads and checks the sheet by itself.
std::vector<EntityDeclaration> read_entities(const Table& table, Findings& findings);

/// Finds for each declaration the group, repeat or survey whose records it describes, from the
/// save_to columns and references, and puts meta/entity there. Returns the entities version that
/// the form needs; empty if there are none.
std::string place_entities(std::vector<EntityDeclaration> entities, Element& survey,
                           Findings& findings);

/// The meta group of a section, added to it if it has none yet.
Element& meta_of(Element& section);

}  // namespace bordereau::form::xlsform
