// app/form/xlsform/form_source.h - everything a workbook says, read and checked, ready to be
// written as an XForm.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/references.h"
#include "app/form/xlsform/settings.h"
#include "app/form/xlsform/survey_tree.h"

namespace bordereau::form::xlsform {

/// A list of elements and choices that a form's osm questions may tag.
using OsmTags = ChoiceLists;

struct FormSource {
    Settings settings;
    ChoiceLists choices;
    OsmTags osm;
    std::unique_ptr<Element> survey;  ///< with meta groups
    std::unique_ptr<References> references;
    std::string entities_version;  ///< empty without entities
};

/// A secondary instance that lies in a file of its own.
struct ExternalInstance {
    std::string id;
    std::string source;  ///< jr://file-csv/x.csv
    int row = 0;
    bool attached = true;  ///< named by a question, not only inside an expression
};

/// All files that the form draws on, each once, in the order of their first use. Says where one
/// name would stand for two files.
std::vector<ExternalInstance> external_instances(const Element& survey, Findings& findings);

/// True when the choices are found by the search() function of the client: they stand in the body.
bool uses_search(const Element& question);

}  // namespace bordereau::form::xlsform
