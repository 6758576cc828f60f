// app/form/inspect/possible_values.h - which values a question can ever have, where its form fixes
// them: a select over a list of the form that nothing else writes to.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "app/form/definition/definition.h"

namespace bordereau::form {

/// Who else than a person writes to each node, and what its choices are.
class PossibleValues {
public:
    explicit PossibleValues(const Definition& form);

    /// All values the node can have besides none; nothing where they are not known.
    const std::set<std::string>* of(ModelIndex node) const;
    /// True where only a person's answer gives the node a value: no calculation, default, preload
    /// or action.
    bool only_answered(ModelIndex node) const;
    bool is_select_one(ModelIndex node) const;

private:
    std::optional<std::set<std::string>> values_of(const Control& control) const;
    std::optional<std::set<std::string>> values_of(const Itemset& itemset) const;
    void note_defaults(const Blueprint& blueprint);

    const Definition& form_;
    std::vector<bool> written_;
    std::vector<std::optional<std::set<std::string>>> values_;
};

}  // namespace bordereau::form
