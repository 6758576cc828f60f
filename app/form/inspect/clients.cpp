#include "app/form/inspect/clients.h"

#include <algorithm>
#include <array>

#include "app/form/inspect/expression_text.h"

namespace bordereau::form {
namespace {

struct Known {
    std::string_view function, clients, instead;
};

// As of JavaRosa 5.1, Enketo Core 9 and ODK Web Forms 0.22.
constexpr std::array kKnown = std::to_array<Known>({
    {"substring", "ODK Collect", "Use substr(), which counts from 0."},
    {"floor", "ODK Collect", "Use int()."},
    {"ceiling", "ODK Collect", "Use int() and add 1 where there is a remainder."},
    {"last", "ODK Collect", "Use count()."},
    {"id", "ODK Collect", ""},
    {"lang", "ODK Collect", ""},
    {"name", "ODK Collect", ""},
    {"local-name", "ODK Collect", ""},
    {"namespace-uri", "ODK Collect", ""},
    {"geofence", "Enketo", ""},
    {"intersects", "Enketo and ODK Web Forms", ""},
    {"is-selected", "Enketo and ODK Web Forms", "Use selected()."},
    {"version", "Enketo and ODK Web Forms", ""},
    {"property", "Enketo and ODK Web Forms", ""},
    {"depend", "Enketo and ODK Web Forms", ""},
});

}  // namespace

std::vector<Lacking> lacking_in(std::string_view expression) {
    std::vector<Lacking> found;
    for (const auto& name : functions_in(expression)) {
        const auto* known = std::ranges::find(kKnown, name, &Known::function);
        if (known != kKnown.end())
            found.push_back(
                {name + "()", std::string{known->clients}, std::string{known->instead}});
    }
    const auto code = without_quoted(expression);
    if (code.find('|') != std::string::npos)
        found.push_back({"the union |", "ODK Collect", "Write the expressions one by one."});
    if (code.find("//") != std::string::npos)
        found.push_back({"the path step //", "ODK Collect", "Write the path in full."});
    return found;
}

}  // namespace bordereau::form
