// app/desk/form_shelf.h - the forms of a notebook, ready to fill: imported, converted, kept parsed.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/form/definition/form.h"
#include "app/form/xlsform/origins.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/forms.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

/// A form file as read: usable, or the reasons why it is not.
struct ReadForm {
    std::shared_ptr<const form::Form> form;  ///< null: unusable
    std::string xform;
    form::Diagnostics diagnostics;
    form::Origins origins = {};         ///< of an XLSForm
    form::BorrowedTexts borrowed = {};  ///< of an XLSForm
};

/// Reads .xlsx, .xlsm, .csv, .md (XLSForm) or .xml (ODK XForm), told apart by the file name.
ReadForm read_form(std::string_view bytes, std::string_view file_name,
                   const form::Resources& resources);

/// Files of a folder as the resources of a form; names that leave the folder are not found.
form::Resources files_in(const std::filesystem::path& folder);

/// A form file that was offered and cannot be used.
struct UnusableForm {
    std::string file_name;
    form::Diagnostics diagnostics;
};

class FormShelf {
public:
    explicit FormShelf(storage::Notebook& notebook) : notebook_(notebook) {}

    /// Puts the forms that come with the program onto the shelf, once per program version.
    Status put_built_in();

    /// Imports a form file; the lists it names are read from the same folder. An unusable one is
    /// remembered with its findings and changes nothing else.
    Result<ReadForm> import(const std::filesystem::path& file);

    Result<std::vector<storage::FormSummary>> list() const;
    Result<std::vector<UnusableForm>> unusable() const;

    /// The parsed form. not_found; invalid: stored, but not usable by this program.
    Result<std::shared_ptr<const form::Form>> get(const FormId& id, std::string_view version);

private:
    Status keep(const ReadForm& read, std::vector<storage::FormAdded::Resource> resources);

    storage::Notebook& notebook_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<const form::Form>> parsed_;
};

}  // namespace bordereau::app
