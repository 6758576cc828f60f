// app/form/definition/question_text.h - what a form asks at a path, without a filling of it: for
// lists that show single answers of many audits.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/form/definition/form.h"

namespace bordereau::form {

/// A path without positions and keys: /data/rep[k7f3]/q becomes /data/rep/q.
std::string path_without_keys(std::string_view path);

/// The label of the question at a path, with or without positions or keys, in a language of the
/// form (else in its default one). Answers inside the label are shown as an ellipsis. Without
/// label: the name. Empty: the form does not ask that.
std::string question_label(const Form& form, std::string_view path, std::string_view language);

/// Whether the form calculates what stands at a path, also where a person may change it.
bool is_calculated(const Form& form, std::string_view path);

/// How many rows the repeat at a path has before anybody adds one.
std::size_t initial_rows(const Form& form, std::string_view repeat_path);

/// What a form's audit element asks for (ODK XForms, "Client audit logs").
struct AuditRules {
    bool location = false;  ///< odk:location-priority and its companions
    bool track_changes = false, identify_user = false;
    bool change_reasons = false;  ///< odk:track-changes-reasons
};
/// Nothing: the form has no meta/audit.
std::optional<AuditRules> audit_rules(const Form& form);

/// The label of a choice written in the form itself; the value where it is not.
std::string choice_text(const Form& form, std::string_view path, std::string_view value,
                        std::string_view language);

}  // namespace bordereau::form
