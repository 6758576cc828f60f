// storage/forms.h - the forms of a team, by id and version, as text. Parsing is app/form's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

class Notebook;

struct FormSummary {
    FormId id;
    std::string version;
    std::string title;
};

struct StoredForm {
    FormSummary summary;
    std::string definition;  ///< XForm XML, UTF-8
    std::vector<FormAdded::Resource> resources;
};

class Forms {
public:
    explicit Forms(Notebook& notebook) : notebook_(notebook) {}

    /// Keeps a form and lets it travel. The same form again: no change.
    /// conflict: another content under the same id and version.
    Status put(const StoredForm& form);
    Result<std::optional<StoredForm>> get(const FormId& id, std::string_view version) const;
    Result<std::vector<FormSummary>> list() const;  ///< by title, then the latest added first

private:
    Notebook& notebook_;
};

}  // namespace bordereau::storage
