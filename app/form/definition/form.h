// app/form/definition/form.h - a form as read: immutable, shared by all its fillings.
// Not the answers: those are a Session's.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/definition/diagnostic.h"
#include "storage/base/result.h"

namespace bordereau::form {

/// The files that a form names (jr://file/x.xml, jr://file-csv/x.csv, x.geojson), by file name.
/// Answers not_found for a file that is not there; the form then loads with a warning.
using Resources = std::function<Result<std::string>(std::string_view file_name)>;

struct Definition;  // app/form/definition/definition.h: the engine's own view

/// A usable form. Cheap to copy; safe to read from several threads.
class Form {
public:
    explicit Form(std::shared_ptr<const Definition> definition);

    const std::string& id() const;       ///< the id attribute of the primary instance's root
    const std::string& version() const;  ///< may be empty
    const std::string& title() const;
    /// In a language of the form, where it gives one (XLSForm: "form_title::Français (fr)").
    std::string title(std::string_view language) const;
    const std::vector<std::string>& languages()
        const;                                    ///< as written, "English (en)"; may be empty
    const std::string& default_language() const;  ///< empty when the form has no translations
    int question_count() const;  ///< controls that take an answer, repeats counted once

    const Definition& definition() const { return *definition_; }

private:
    std::shared_ptr<const Definition> definition_;
};

/// A form, or the reasons why there is none. Warnings may stand beside a form.
struct LoadedForm {
    std::shared_ptr<const Form> form;  ///< null exactly when has_errors(diagnostics)
    Diagnostics diagnostics;
};

/// Reads an ODK XForm. Never throws; limits its depth and size (Error kept in the diagnostics).
LoadedForm load_xform(std::string_view xml, const Resources& resources);

}  // namespace bordereau::form
