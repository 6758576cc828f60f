// storage/people.h - the people of a team, as the notebook knows them. Keys are notebook.h's
// matter.
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

struct Person {
    PersonId id;
    std::string login;
    Role role = Role::officer;
    bool active = true;
};

/// Supervisors and administrators.
bool may_review(const Person& person);
bool may_administer(const Person& person);

class People {
public:
    explicit People(Notebook& notebook) : notebook_(notebook) {}

    Result<std::vector<Person>> list() const;  ///< by login, inactive ones included
    Result<std::optional<Person>> find(const PersonId& id) const;
    Result<std::optional<Person>> find_login(std::string_view login) const;
    /// Administrators only; not their own. refused, not_found.
    Status set_role(const PersonId& person, Role role);

private:
    Notebook& notebook_;
};

}  // namespace bordereau::storage
