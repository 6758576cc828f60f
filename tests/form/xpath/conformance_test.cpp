// What other engines of the ODK form standard gave, compared with what this one gives. The corpora
// lie beside the project; where they do not, there is nothing to compare with.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "storage/base/text.h"
#include "tests/form/xpath/documents.h"

namespace bordereau::form {
namespace {

using Json = nlohmann::json;
using test::TestDocument;

const std::filesystem::path kCorpora =
    std::filesystem::path{BORDEREAU_SOURCE_DIR} / ".." / "shared" / "conformance";
const std::filesystem::path kDifferences =
    std::filesystem::path{BORDEREAU_SOURCE_DIR} / "tests/data/forms/xpath_differences.tsv";
constexpr std::string_view kBlank = "<none/>";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// One line of the table of known differences: corpus, index of the case, reason, expression.
struct Difference {
    std::string reason;
    bool met = false;
};

std::map<std::pair<std::string, int>, Difference> known_differences() {
    std::map<std::pair<std::string, int>, Difference> out;
    const std::string table = read_file(kDifferences);
    for (const std::string_view line : split(table, '\n')) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto cells = split(line, '\t');
        REQUIRE(cells.size() >= 3);
        out[{std::string{cells[0]}, std::stoi(std::string{cells[1]})}] = {std::string{cells[2]}};
    }
    return out;
}

struct Corpus {
    std::string file;
    std::string now;
    int offset_minutes;
    std::vector<NamespacePrefix> namespaces;
};

double expected_number(const Json& expected) {
    if (expected.is_number()) return expected.get<double>();
    const auto text = expected.get<std::string>();
    if (text == "NaN") return std::nan("");
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    return std::stod(text);
}

bool same_number(double a, double b, double tolerance) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
    return a == b || std::fabs(a - b) <= tolerance * std::max(1.0, std::fabs(b));
}

// Compares one case; gives what went wrong, or nothing.
class Case {
public:
    Case(const Json& json, const TestDocument& document, const Context& context,
         const Expression& expression, bool two_decimals)
        : json_{json},
          document_{document},
          context_{context},
          expression_{expression},
          two_decimals_{two_decimals} {}

    std::optional<std::string> run() {
        const auto type = json_["type"].get<std::string>();
        if (type == "throws") return throws();
        if (type == "number") return number();
        if (type == "number-rounded") return rounded();
        if (type == "boolean") return boolean();
        if (type == "string" || type == "match" || type == "string-length") return text(type);
        if (type == "date") return date();
        return nodes(type);
    }

private:
    std::optional<std::string> throws() {
        const auto result = expression_.evaluate(context_);
        if (!result) return std::nullopt;
        return "gave \"" + to_string(*result) + "\" instead of an error";
    }

    std::optional<std::string> number() {
        const auto result = expression_.evaluate_number(context_);
        if (!result) return result.error().detail;
        const double value = two_decimals_ ? std::round(*result * 100) / 100 : *result;
        if (same_number(value, expected_number(json_["expected"]), 1e-12)) return std::nullopt;
        return "gave " + bordereau::to_text(*result);
    }

    std::optional<std::string> rounded() {
        const auto result = expression_.evaluate_number(context_);
        if (!result) return result.error().detail;
        const double factor = json_["expected"]["factor"].get<double>();
        if (same_number(std::round(*result * factor) / factor,
                        json_["expected"]["value"].get<double>(), 1e-9))
            return std::nullopt;
        return "gave " + bordereau::to_text(*result);
    }

    std::optional<std::string> boolean() {
        const auto result = expression_.evaluate_boolean(context_);
        if (!result) return result.error().detail;
        if (*result == json_["expected"].get<bool>()) return std::nullopt;
        return std::string{"gave "} + (*result ? "true" : "false");
    }

    std::optional<std::string> text(const std::string& type) {
        const auto result = expression_.evaluate_text(context_);
        if (!result) return result.error().detail;
        if (text_fits(type, *result)) return std::nullopt;
        return "gave \"" + *result + "\"";
    }

    bool text_fits(const std::string& type, const std::string& result) const {
        const Json& expected = json_["expected"];
        if (type == "string-length") return result.size() == expected.get<std::size_t>();
        const auto wanted = expected.get<std::string>();
        if (type == "string") return result == wanted;
        const std::size_t end = wanted.rfind('/');
        return std::regex_search(result, std::regex{wanted.substr(1, end - 1)});
    }

    std::optional<std::string> date() {
        const auto result = expression_.evaluate(context_);
        if (!result) return result.error().detail;
        const auto* moment = std::get_if<Moment>(&*result);
        const auto wanted = parse_iso(json_["expected"].get<std::string>());
        if (moment != nullptr && wanted && moment->instant() == *wanted) return std::nullopt;
        return "gave \"" + to_string(*result) + "\"";
    }

    std::optional<std::string> nodes(const std::string& type) {
        const auto result = expression_.evaluate_nodes(context_);
        if (!result) return result.error().detail;
        std::vector<std::string> paths, wanted;
        for (const NodeRef& node : *result) paths.push_back(document_.path_of(node));
        const Json& expected = json_["expected"];
        if (expected.is_string()) {
            wanted.push_back(expected.get<std::string>());
            if (!paths.empty()) paths.resize(1);
        } else {
            wanted = expected.get<std::vector<std::string>>();
            leave_out_doctype(wanted);
        }
        if (type == "nodes-unordered") {
            std::ranges::sort(paths);
            std::ranges::sort(wanted);
        }
        if (paths == wanted) return std::nullopt;
        std::string all = "gave";
        for (const std::string& path : paths) all += " " + path;
        return all;
    }

    // Browsers count the document type declaration as a node; XPath's data model has none for it.
    void leave_out_doctype(std::vector<std::string>& wanted) const {
        const std::string doctype = "/processing-instruction()[1]";
        if (document_.at(doctype).tree == nullptr) std::erase(wanted, doctype);
    }

    const Json& json_;
    const TestDocument& document_;
    const Context& context_;
    const Expression& expression_;
    bool two_decimals_;
};

std::string document_of(const Json& corpus, const Json& json) {
    if (!json.contains("xml")) return std::string{kBlank};
    const auto xml = json["xml"].get<std::string>();
    return corpus.contains("documents") && corpus["documents"].contains(xml)
               ? corpus["documents"][xml].get<std::string>()
               : xml;
}

// Some test titles say in which language they ask: "... in language 'fr'".
std::string language_of(const Json& json) {
    const auto title = json["test"].get<std::string>();
    const std::string mark = "in language '";
    const std::size_t at = title.find(mark);
    return at == std::string::npos ? "" : title.substr(at + mark.size(), 2);
}

std::vector<NamespacePrefix> namespaces_for(const Corpus& corpus, const TestDocument& document) {
    std::vector<NamespacePrefix> out = corpus.namespaces;
    for (NamespacePrefix& declared : test::prefixes_of(document))
        out.push_back(std::move(declared));
    return out;
}

enum class Outcome { passed, failed, skipped };

struct Verdict {
    Outcome outcome = Outcome::passed;
    std::string reason;
};

Verdict judge(const Json& json, const Corpus& corpus, const std::string& xml) {
    const auto names = std::make_shared<Names>();
    const TestDocument document{xml, names, true};
    Context context;
    context.node = document.at(json.value("context", ""));
    if (context.node.tree == nullptr)
        return {Outcome::skipped, "recorded with a document that has no such context"};
    // The recorded engines look at functions when they reach them, and some cases rely on it.
    const auto expression =
        Expression::compile(json["expr"].get<std::string>(), *names,
                            namespaces_for(corpus, document), Strictness::when_reached);
    if (!expression) {
        if (json["type"] == "throws") return {};
        return {Outcome::failed, expression.error().detail};
    }
    const Clock clock = fixed_clock(*parse_iso(corpus.now), corpus.offset_minutes);
    const Services services = test::services_over(document, clock, language_of(json));
    context.services = &services;
    context.narrow = false;
    if (json.contains("rootNode"))
        context.top = document.at(json["rootNode"].get<std::string>()).index;
    // Enketo and web-forms round metres to two decimals; JavaRosa and this engine do not.
    const bool two_decimals = json["file"].get<std::string>().find("/geo.") != std::string::npos;
    const auto problem = Case{json, document, context, *expression, two_decimals}.run();
    return problem ? Verdict{Outcome::failed, *problem} : Verdict{};
}

// Recorded random values: nothing to compare with. A seed makes randomize() comparable.
bool is_random(const Json& json) {
    static const std::regex kRandom{R"(\b(random|uuid)\(\)|randomize\([^,]*\)$)"};
    const auto type = json["type"].get<std::string>();
    return (type == "string" || type == "number" || type == "nodeset") &&
           std::regex_search(json["expr"].get<std::string>(), kRandom);
}

// Functions that the recorder's own test added to the language.
bool needs_foreign_function(const Json& json) {
    if (!json.contains("needsHandlers")) return false;
    const auto expression = json["expr"].get<std::string>();
    for (const Json& name : json["needsHandlers"])
        if (name != "concat" && expression.find(name.get<std::string>() + "(") != std::string::npos)
            return true;
    return false;
}

std::string family_of(const Json& json) {
    return json["file"].get<std::string>().substr(json["file"].get<std::string>().rfind('/') + 1);
}

const Corpus kCorpusTable[] = {
    // JavaRosa's values were recorded in UTC: its dates read ...T00:00:00.000Z.
    {"javarosa-xpath.json", "2026-11-23T11:22:58Z", 0, {}},
    {"openrosa-xpath-evaluator.json",
     "2026-11-23T04:22:58.000-07:00",
     -420,
     {{"xhtml", "http://www.w3.org/1999/xhtml"},
      {"mathml", "http://www.w3.org/1998/Math/MathML"},
      {"ev", "http://some-namespace.com/nss"}}},
    {"webforms-xpath.json",
     "2026-11-23T04:22:58.000-07:00",
     -420,
     {{"xhtml", "http://www.w3.org/1999/xhtml"},
      {"mathml", "http://www.w3.org/1998/Math/MathML"},
      {"ev", "http://some-namespace.com/nss"}}}};

struct Tally {
    int passed = 0, failed = 0, skipped = 0;

    void count(Outcome outcome) {
        passed += outcome == Outcome::passed;
        failed += outcome == Outcome::failed;
        skipped += outcome == Outcome::skipped;
    }
    std::string text() const {
        return std::to_string(passed) + " passed, " + std::to_string(failed) + " failed, " +
               std::to_string(skipped) + " skipped";
    }
};

using Known = std::map<std::pair<std::string, int>, Difference>;

void run_corpus(const Corpus& corpus, Known& known, std::map<std::string, Tally>& families) {
    const Json json = Json::parse(read_file(kCorpora / corpus.file));
    const std::string name = corpus.file.substr(0, corpus.file.find('-'));
    Tally& all = families[name];
    int index = -1;
    for (const Json& each : json["cases"]) {
        ++index;
        Verdict verdict{Outcome::skipped, "random, or needs a function of its own test"};
        if (!needs_foreign_function(each) && !is_random(each))
            verdict = judge(each, corpus, document_of(json, each));
        all.count(verdict.outcome);
        families[name + " " + family_of(each)].count(verdict.outcome);
        if (verdict.outcome != Outcome::failed) continue;
        const auto listed = known.find({name, index});
        if (listed != known.end()) listed->second.met = true;
        INFO(name << "\t" << index << "\t" << verdict.reason << "\t" << each["expr"]);
        CHECK(listed != known.end());
    }
}

}  // namespace

TEST_CASE("expressions give what the other engines of the standard gave", "[form][xpath]") {
    if (!std::filesystem::exists(kCorpora)) SKIP("the corpora are not beside the project");
    Known known = known_differences();
    std::map<std::string, Tally> families;
    for (const Corpus& corpus : kCorpusTable) run_corpus(corpus, known, families);
    for (const auto& [name, tally] : families)
        if (name.find(' ') == std::string::npos || tally.failed + tally.skipped > 0)
            std::cout << name << ": " << tally.text() << "\n";
    for (const auto& [id, difference] : known) {
        INFO(id.first << " " << id.second << " passes now and must leave the table");
        CHECK(difference.met);
    }
}

}  // namespace bordereau::form
