#include "storage/people.h"

#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/rights.h"

namespace bordereau::storage {
namespace {

Person person_in(const sqlite::Query& row) {
    return {{row.text(0)}, row.text(1), static_cast<Role>(row.number(2)), row.number(3) != 0};
}

Result<std::optional<Person>> first_person(sqlite::Query row) {
    std::optional<Person> found;
    if (row.next()) found = person_in(row);
    if (Status read = row.status(); !read) return read.error();
    return found;
}

}  // namespace

bool may_review(const Person& person) {
    return may(person.role, Act::review);
}

bool may_administer(const Person& person) {
    return may(person.role, Act::manage_people);
}

Result<std::vector<Person>> People::list() const {
    std::vector<Person> people;
    auto row = notebook_.database().query(
        "SELECT id, login, role, active FROM person WHERE team = ? ORDER BY login, id",
        notebook_.team().text);
    while (row.next()) people.push_back(person_in(row));
    if (Status read = row.status(); !read) return read.error();
    return people;
}

Result<std::optional<Person>> People::find(const PersonId& id) const {
    return first_person(notebook_.database().query(
        "SELECT id, login, role, active FROM person WHERE team = ? AND id = ?",
        notebook_.team().text, id.text));
}

Result<std::optional<Person>> People::find_login(std::string_view login) const {
    return first_person(notebook_.database().query(
        "SELECT id, login, role, active FROM person"
        " WHERE team = ? AND lower(login) = ? AND active = 1 ORDER BY stamp",
        notebook_.team().text, lower_ascii(trimmed(login))));
}

Status People::set_role(const PersonId& person, Role role) {
    if (!may_administer(notebook_.person()) || person == notebook_.person().id)
        return Error{ErrorCode::refused, "only another administrator sets a role"};
    auto found = find(person);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::not_found, "no such person"};
    auto recorded =
        notebook_.journal().record(person.text, PersonSet{(*found)->login, role, (*found)->active});
    return recorded ? done() : Status{recorded.error()};
}

}  // namespace bordereau::storage
