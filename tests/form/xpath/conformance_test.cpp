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

#include "app/form/values/number.h"
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
         const Expression& expression)
        : json_{json}, document_{document}, context_{context}, expression_{expression} {}

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
        const double expected = expected_number(json_["expected"]);
        if (same_number(*result, expected, 1e-12) || same_measure(*result, expected))
            return std::nullopt;
        return "gave " + bordereau::to_text(*result);
    }

    // Enketo and web-forms round metres to two decimals; JavaRosa and this engine do not. Their
    // areas are of a sphere, JavaRosa's and this engine's of triangles in the plane: the same to
    // five digits for what people walk around.
    bool same_measure(double value, double expected) const {
        if (json_["file"].get<std::string>().find("/geo.") == std::string::npos) return false;
        if (same_number(std::round(value * 100) / 100, expected, 1e-12)) return true;
        return json_["expr"].get<std::string>().starts_with("area(") && expected > 0 &&
               same_number(value, expected, 1e-5);
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

    // jr:itext() is a text (ODK XForms); web-forms gives the nodes that hold it.
    std::optional<std::string> translation() {
        const auto result = expression_.evaluate_text(context_);
        if (!result) return result.error().detail;
        const NodeRef held = document_.at(json_["expected"].at(0).get<std::string>());
        std::string scratch;
        if (*result == held.tree->string_value(held.index, scratch)) return std::nullopt;
        return "gave \"" + *result + "\"";
    }

    std::optional<std::string> nodes(const std::string& type) {
        if (json_["expr"].get<std::string>().starts_with("jr:itext(")) return translation();
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

// Some tests bind a prefix to something else, which only their titles say.
bool rebinds_jr(const Json& json) {
    return json["test"].get<std::string>().find("prefix resolves to another") != std::string::npos;
}

bool has_element(const std::string& name, const std::string& xml) {
    return xml.find("<" + name) != std::string::npos || xml.find(":" + name) != std::string::npos;
}

// The recorder kept the last document of a test file for all its cases. Where an expression asks
// about another one, what it gave cannot be compared: a path that begins at another document
// element, a "//name" or an id that is nowhere.
bool asks_another_document(const Json& json, const TestDocument& document, const std::string& xml) {
    if (!json.contains("xml") || json.contains("rootNode")) return false;
    static const std::regex kTexts{R"("[^"]*"|'[^']*')"};
    static const std::regex kPath{R"((?:^|[\s(=<>|,+*!-])/([A-Za-z][\w.-]*)/)"};
    static const std::regex kAnywhere{R"(//(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*))"};
    static const std::regex kId{R"(\bid\('([^']*)'\))"};
    const auto expression = json["expr"].get<std::string>();
    const std::string bare = std::regex_replace(expression, kTexts, "''");
    const Tree& tree = document.tree();
    for (std::sregex_iterator at{bare.begin(), bare.end(), kPath}, end; at != end; ++at)
        if ((*at)[1].str() != tree.local_name(tree.root())) return true;
    for (std::sregex_iterator at{bare.begin(), bare.end(), kAnywhere}, end; at != end; ++at)
        if (!has_element((*at)[1].str(), xml)) return true;
    for (std::sregex_iterator at{expression.begin(), expression.end(), kId}, end; at != end; ++at)
        if (xml.find((*at)[1].str()) == std::string::npos) return true;
    return false;
}

enum class Outcome { passed, failed, skipped, contradicted };

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
    if (asks_another_document(json, document, xml))
        return {Outcome::skipped, "recorded with another document than it asks about"};
    auto namespaces = namespaces_for(corpus, document);
    if (rebinds_jr(json)) namespaces.insert(namespaces.begin(), {"jr", "urn:another"});
    // The recorded engines look at functions when they reach them, and some cases rely on it.
    const auto expression = Expression::compile(json["expr"].get<std::string>(), *names, namespaces,
                                                Strictness::when_reached);
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
    const auto problem = Case{json, document, context, *expression}.run();
    return problem ? Verdict{Outcome::failed, *problem} : Verdict{};
}

// Recorded random values: nothing to compare with. A seed makes randomize() comparable.
bool is_random(const Json& json) {
    static const std::regex kRandom{R"(\b(random|uuid)\(\)|randomize\([^,]*\)$)"};
    const auto type = json["type"].get<std::string>();
    return (type == "string" || type == "number" || type == "nodeset") &&
           std::regex_search(json["expr"].get<std::string>(), kRandom);
}

// Functions and variables that the recorder's own test added to the language.
bool needs_foreign_function(const Json& json) {
    if (json["expr"].get<std::string>().starts_with('$')) return json["type"] != "throws";
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
    int passed = 0, failed = 0, skipped = 0, contradicted = 0;

    void count(Outcome outcome) {
        passed += outcome == Outcome::passed;
        failed += outcome == Outcome::failed;
        skipped += outcome == Outcome::skipped;
        contradicted += outcome == Outcome::contradicted;
    }
    std::string text() const {
        std::string out = std::to_string(passed) + " passed, " + std::to_string(failed) +
                          " failed, " + std::to_string(skipped) + " skipped";
        if (contradicted > 0) out += ", " + std::to_string(contradicted) + " contradicted";
        return out;
    }
    // Of the cases that can be compared, in per cent.
    std::string rate() const {
        std::ostringstream out;
        out.precision(2);
        out << std::fixed << 100.0 * passed / std::max(1, passed + failed) << " %";
        return out.str();
    }
};

// What a case expects, as a number, where it can be read as one.
std::optional<double> numeric(const Json& json) {
    const Json& expected = json["expected"];
    if (json["type"] == "number-rounded") return expected["value"].get<double>();
    if (expected.is_number()) return expected.get<double>();
    if (!expected.is_string()) return std::nullopt;
    const auto& text = expected.get_ref<const std::string&>();
    const double number = to_number(std::string_view{text});
    return std::isnan(number) && text != "NaN" ? std::nullopt : std::optional{number};
}

// One case of a corpus and what became of it.
struct Judged {
    std::string corpus;
    int index = 0;
    const Json* json = nullptr;
    Verdict verdict;
};

// The same question: within a corpus of the same document, across corpora of no document at all.
bool ask_the_same(const Judged& a, const Judged& b) {
    if ((*a.json)["expr"] != (*b.json)["expr"]) return false;
    const auto same = [&](const char* key) {
        return a.json->value(key, "") == b.json->value(key, "");
    };
    if (!same("context") || !same("rootNode")) return false;
    if (a.corpus == b.corpus) return same("xml");
    return !a.json->contains("context") &&
           (*a.json)["expr"].get<std::string>().find('/') == std::string::npos;
}

// True when no engine can satisfy both: some tests were recorded twice, in two time zones, and the
// recorded engines differ from each other.
bool exclude_each_other(const Judged& a, const Judged& b) {
    constexpr double kRounding = 0.01;
    if (!ask_the_same(a, b)) return false;
    const Json &one = *a.json, &other = *b.json;
    if (one["type"] == "boolean" && other["type"] == "boolean")
        return one["expected"] != other["expected"];
    const auto left = numeric(one), right = numeric(other);
    return left && right &&
           (std::isnan(*left) != std::isnan(*right) || std::fabs(*left - *right) > kRounding);
}

Verdict verdict_on(const Json& json, const Corpus& corpus, const Json& all) {
    if (needs_foreign_function(json)) return {Outcome::skipped, "needs what its own test adds"};
    if (is_random(json)) return {Outcome::skipped, "random"};
    return judge(json, corpus, document_of(all, json));
}

// A failure counts as contradicted where a case that passes says the opposite.
void find_contradictions(std::vector<Judged>& all) {
    for (Judged& failed : all) {
        if (failed.verdict.outcome != Outcome::failed) continue;
        for (const Judged& other : all)
            if (other.verdict.outcome == Outcome::passed && exclude_each_other(failed, other))
                failed.verdict.outcome = Outcome::contradicted;
    }
}

// The XPath of browsers and of web-forms' own evaluator, without the functions of ODK.
bool is_plain(const Json& json) {
    return !json.value("xforms", true) ||
           json["file"].get<std::string>().find("/native/") != std::string::npos;
}

using Families = std::map<std::string, Tally>;

void count(const Judged& judged, Families& families) {
    const std::string flavour = is_plain(*judged.json) ? "plain XPath 1.0" : "ODK XPath";
    const std::string family = judged.corpus + "/" + family_of(*judged.json);
    for (const std::string& each : {std::string{"all"}, flavour, judged.corpus, family})
        families[each].count(judged.verdict.outcome);
}

using Known = std::map<std::pair<std::string, int>, Difference>;

void compare_with_known(const Judged& judged, Known& known) {
    if (judged.verdict.outcome != Outcome::failed) return;
    const auto listed = known.find({judged.corpus, judged.index});
    if (listed != known.end()) listed->second.met = true;
    INFO(judged.corpus << "\t" << judged.index << "\t" << judged.verdict.reason << "\t"
                       << (*judged.json)["expr"]);
    CHECK(listed != known.end());
}

void report(const Families& families) {
    for (const auto& [name, tally] : families)
        if (name.find('/') == std::string::npos)
            std::cout << name << ": " << tally.text() << " (" << tally.rate() << ")\n";
        else if (tally.failed + tally.skipped + tally.contradicted > 0)
            std::cout << name << ": " << tally.text() << "\n";
}

}  // namespace

TEST_CASE("expressions give what the other engines of the standard gave", "[form][xpath]") {
    if (!std::filesystem::exists(kCorpora)) SKIP("the corpora are not beside the project");
    Known known = known_differences();
    std::vector<Json> files;
    for (const Corpus& corpus : kCorpusTable)
        files.push_back(Json::parse(read_file(kCorpora / corpus.file)));
    std::vector<Judged> all;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Corpus& corpus = kCorpusTable[i];
        int index = 0;
        for (const Json& each : files[i]["cases"])
            all.push_back({corpus.file.substr(0, corpus.file.find('-')), index++, &each,
                           verdict_on(each, corpus, files[i])});
    }
    find_contradictions(all);
    Families families;
    for (const Judged& judged : all) {
        count(judged, families);
        compare_with_known(judged, known);
    }
    report(families);
    for (const auto& [id, difference] : known) {
        INFO(id.first << " " << id.second << " passes now and must leave the table");
        CHECK(difference.met);
    }
}

}  // namespace bordereau::form
