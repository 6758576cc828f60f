// tests/support/unit_form_text.h - a form about a unit in two versions, as a table of text.
#pragma once

#include <string>
#include <string_view>

namespace bordereau::test {

inline constexpr std::string_view kUnitForm = R"(
| survey |
| | type                  | name    | label            | required | constraint | relevant           | calculation |
| | begin_group           | id      | About the audit  |          |            |                    |             |
| | select_one units      | a_unit  | Which unit?      | yes      |            |                    |             |
| | date                  | day     | Which day?       |          |            |                    |             |
| | select_one yesno      | a_consent | Did all agree? |          |            |                    |             |
| | end_group             |         |                  |          |            |                    |             |
| | begin_group           | staff   | Staff            |          |            |                    |             |
| | integer               | women   | Women on duty    | yes      | . <= LIMIT |                    |             |
| | integer               | men     | Men on duty      |          |            |                    |             |
| | calculate             | all     |                  |          |            |                    | ${women} + ${men} |
| | select_one yesno      | room    | A room apart?    |          |            |                    |             |
| | select_one kinds      | kind    | What kind?       |          |            | ${room} = 'yes'    |             |
| | select_one kinds      | size    | How large?       |          |            |                    |             |
| | TYPE                  | opened  | Open since       |          |            |                    |             |
| | end_group             |         |                  |          |            |                    |             |
| | begin_repeat          | post    | Post             |          |            |                    |             |
| | text                  | at      | Where?           |          |            |                    |             |
| | text                  | seen    | What was seen?   |          |            |                    |             |
| | end_repeat            |         |                  |          |            |                    |             |
| choices |
| | list_name | name  | label       |
| | units     | north | North gate  |
| | units     | south | South gate  |
| | yesno     | yes   | Yes         |
| | yesno     | no    | No          |
| | kinds     | small | A small one |
| | kinds     | LARGE | A large one |
| settings |
| | form_id | form_title | version |
| | unit    | Unit audit | VERSION |
)";

/// `version` "1", or "2": no more than 50 women, no "large" kind, and a date where text was.
inline std::string unit_form(std::string_view version) {
    std::string text{kUnitForm};
    const auto put = [&text](std::string_view name, std::string_view value) {
        text.replace(text.find(name), name.size(), value);
    };
    const bool first = version == "1";
    put("LIMIT", first ? "500" : "50");
    put("TYPE", first ? "text" : "integer");
    put("LARGE", first ? "large" : "huge");
    put("VERSION", version);
    return text;
}

}  // namespace bordereau::test
