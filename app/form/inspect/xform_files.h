// app/form/inspect/xform_files.h - which files an XForm document names: lists of its secondary
// instances, pictures, sounds and films of its texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form {

struct FormFile {
    std::string name;  ///< without its jr:// folder
    std::string id;    ///< of the list; of the text that shows a medium
    bool media = false;
};

/// In document order; one entry per use. Empty for what is no XML.
std::vector<FormFile> files_of_xform(std::string_view xform);

/// Ids of the lists that stand in the document itself.
std::vector<std::string> lists_within(std::string_view xform);

}  // namespace bordereau::form
