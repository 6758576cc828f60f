// What JavaRosa and ODK Web Forms do in their own scenarios, done here.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "storage/base/text.h"
#include "tests/form/corpus.h"

namespace bordereau::form::test {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

Difference differ(const std::string& what, const std::string& expected, const std::string& got) {
    if (same_value(expected, got)) return std::nullopt;
    return what + " is \"" + got + "\", expected \"" + expected + "\"";
}

std::string yes(bool on) {
    return on ? "true" : "false";
}

enum class Engine { javarosa, webforms };

/// Runs the operations of one recorded case.
class CorpusScenario {
public:
    CorpusScenario(const Json& scenario, Engine engine) : case_(scenario), engine_(engine) {}

    /// The recording leaves out what a person did: nothing is done, and yet the record changes.
    bool can_be_replayed() const {
        if (text_of(case_, "final").empty() || text_of(case_, "initial").empty()) return true;
        if (is_random()) return true;
        for (const auto& step : case_["ops"])
            if (text_of(step, "op") != "state" && text_of(step, "op") != "value") return true;
        return !compare_records(text_of(case_, "initial"), text_of(case_, "final"));
    }

    Difference run(const std::string& form) {
        if (auto difference = open(form)) {
            if (case_.contains("initError")) return std::nullopt;
            return difference;
        }
        if (case_.contains("initError") && !player_.session().failures().empty())
            return std::nullopt;
        if (case_.contains("initError"))
            return "the form was accepted, expected: " + text_of(case_, "initError");
        if (case_.contains("initial"))
            if (auto difference = compare_record(text_of(case_, "initial")))
                return "at first " + *difference;
        for (const auto& step : case_["ops"]) {
            // What the other engine could not do says nothing about this one.
            if (step.contains("error")) return std::nullopt;
            if (auto difference = perform(step))
                return step.dump().substr(0, 160) + ": " + *difference;
        }
        if (!case_.contains("final") || is_random()) return std::nullopt;
        const auto difference = compare_record(text_of(case_, "final"));
        // The recording does not say which of two copies it wrote in the end.
        if (difference && !forked_.empty() && !compare_records(text_of(case_, "final"), forked_))
            return std::nullopt;
        return difference ? Difference{"in the end " + *difference} : std::nullopt;
    }

private:
    Difference compare_record(std::string expected) {
        // JavaRosa's test puts a decimal object into an integer, where it stays a decimal.
        for (const auto& [kept, cast] : decimals_)
            if (const auto at = expected.find(kept); at != std::string::npos)
                expected.replace(at, kept.size(), cast);
        const bool javarosa = engine_ == Engine::javarosa;
        return compare_records(expected, player_.session().submission_xml(),
                               javarosa ? Order::among_equals : Order::document);
    }

    /// JavaRosa's tests ran in UTC and without positioning; those of web-forms give these places.
    Environment environment() const {
        auto environment = environment_for_tests();
        environment.position = nullptr;
        if (engine_ == Engine::javarosa) {
            environment.clock = fixed_clock(environment.clock.now());
            return environment;
        }
        constexpr std::array kPlaces{"38.295 21.7567 110.0 5.0", "38.333 21.766 150.0 3.0"};
        const bool works = case_.dump().find(kPlaces.front()) != std::string::npos;
        environment.position = [kPlaces, works, asked = std::size_t{0}]() mutable {
            return std::string{works ? kPlaces[asked++ % kPlaces.size()] : "95 21 nowhere 5"};
        };
        return environment;
    }

    Difference open(const std::string& form) {
        Files files = *shared_files_;
        if (case_.contains("resources"))
            for (const auto& resource : case_["resources"]) {
                const auto url = text_of(resource, "url");
                files[url.substr(url.rfind('/') + 1)] = text_of(resource, "body");
            }
        auto environment = this->environment();
        if (!case_.contains("options")) return player_.open(form, files, environment);
        const auto& options = case_["options"];
        if (options.contains("editInstance"))
            return player_.open_record(form, files, text_of(options, "editInstance"));
        if (options.contains("preload")) {
            std::map<std::string, std::string> values;
            for (const auto& [key, value] : options["preload"].items())
                values[lower_ascii(key)] = value.get<std::string>();
            environment.property = [values](std::string_view name) {
                const auto found = values.find(lower_ascii(name));
                return found == values.end() ? std::string{} : found->second;
            };
        }
        return player_.open(form, files, environment);
    }

    /// The recording drew other numbers.
    bool is_random() const {
        for (const auto& one : case_.value("volatile", Json::array()))
            if (one == "random()") return true;
        return false;
    }

    Difference perform(const Json& step) {
        const auto op = text_of(step, "op"), ref = text_of(step, "ref");
        auto& session = player_.session();
        if (op == "answer") return answer(step, ref);
        if (op == "value" || op == "state") return look(step, ref);
        if (op == "choices") return choices(step, ref);
        if (op == "createRepeat") return player_.add_repeat(ref);
        if (op == "removeRepeat") return player_.remove_repeat(ref);
        if (op == "count")
            return differ("count", text_of(step, "expect"), std::to_string(player_.count(ref)));
        if (op == "exists")
            return differ(
                "exists", text_of(step, "expect"),
                yes(player_.node(ref) != NodeId{} && session.relevant(player_.node(ref))));
        if (op == "language")
            return session.set_language(text_of(step, "lang")) ? std::nullopt
                                                               : Difference{"no such language"};
        if (op == "label" || op == "hint") return words(step, ref, op);
        if (op == "attribute")
            return differ("attribute", text_of(step, "expect"), session.value(player_.node(ref)));
        if (op == "validate" || op == "violations") return problems(step, ref);
        if (op == "next" || op == "prev") return next(step, ref, op == "next" ? 1 : -1);
        if (op == "jumpToBeginning") player_.to_beginning();
        if (op == "reload" || op == "serializeAndDeserializeInstance") return player_.reload();
        if (op == "fork" && step.contains("xml")) return fork(step);
        if (op == "newInstance") return open_again();
        return std::nullopt;
    }

    Difference open_again() { return open(*form_text_); }

    Difference fork(const Json& step) {
        forked_ = player_.session().submission_xml();
        const auto xml = text_of(step, "xml");
        if (xml.find("deprecatedID") != std::string::npos) {
            if (auto difference = player_.edit(player_.session().submission_xml()))
                return difference;
            return compare_record(xml);
        }
        if (text_of(case_, "file").ends_with("instance-input.test.ts")) return player_.load(xml);
        if (auto difference = compare_record(xml)) return difference;
        return player_.reload();
    }

    Difference answer(const Json& step, const std::string& ref) {
        const auto node = player_.node(ref);
        if (node == NodeId{}) return ref + " is not there";
        player_.move_to(ref);
        auto& session = player_.session();
        const auto before = session.value(node);
        auto value = text_of(step, "value");
        if (value.empty() && text_of(step, "valueType") == "StringData") taken_as_answered_ = ref;
        // Objects of the other engine's host language: what it stored is what was meant.
        if (value.starts_with("[object") || text_of(step, "valueType") == "boolean")
            value = text_of(step, "stored");
        const auto validity = session.answer(node, value);
        if (text_of(step, "valueType") == "DecimalData" && value == session.value(node) + ".0")
            decimals_[">" + value + "<"] = ">" + session.value(node) + "<";
        const bool violated = text_of(step, "result") == "CONSTRAINT_VIOLATED";
        // Where the type does not fit, JavaRosa lets the constraint decide.
        const bool undecided = validity == Validity::type;
        if (!undecided && violated != (validity == Validity::constraint) && step.contains("result"))
            return violated ? Difference{"the constraint holds"}
                            : Difference{"the constraint fails"};
        // JavaRosa refuses such answers, here they are kept and marked: go on from its state.
        if (violated) session.answer(node, before);
        if (!step.contains("stored")) return std::nullopt;
        // Web Forms clears what is not of the type, here it is kept and marked.
        if (validity == Validity::type && text_of(step, "stored").empty()) session.answer(node, {});
        return differ("stored", text_of(step, "stored"), session.value(node));
    }

    Difference look(const Json& step, const std::string& ref) {
        const auto& session = player_.session();
        const auto node = player_.node(ref);
        if (step.contains("exists") && !step["exists"].get<bool>())
            return node == NodeId{} ? std::nullopt : Difference{"it is there"};
        if (node == NodeId{}) return ref + " is not there";
        for (const auto* flag : {"relevant", "required", "readonly"}) {
            if (!step.contains(flag)) continue;
            const bool on = std::string_view{flag} == "relevant"   ? session.relevant(node)
                            : std::string_view{flag} == "required" ? session.required(node)
                                                                   : session.readonly(node);
            if (auto difference = differ(flag, text_of(step, flag), yes(on))) return difference;
        }
        const auto* key = step.contains("expect") ? "expect" : "value";
        if (!step.contains(key) || !session.relevant(node)) return std::nullopt;
        return differ("value", text_of(step, key), session.value(node));
    }

    Difference choices(const Json& step, const std::string& ref) {
        const auto element = player_.element(ref);
        if (!element) return ref + " is not shown";
        std::string expected, got;
        for (const auto& choice : step["expect"])
            expected += item_of(choice, 0) + "=" + item_of(choice, 1) + "; ";
        for (const auto& choice : player_.session().choices(*element))
            got += choice.value + "=" + choice.label + "; ";
        return differ("choices", expected, got);
    }

    static std::string item_of(const Json& list, std::size_t at) {
        if (at >= list.size() || list[at].is_null()) return {};
        return list[at].is_string() ? list[at].get<std::string>() : list[at].dump();
    }

    Difference words(const Json& step, const std::string& ref, const std::string& op) {
        const auto element = player_.element(ref);
        if (!element) return ref + " is not shown";
        auto& session = player_.session();
        // White space around a text is indentation here, and left to Markdown there.
        const auto shown = op == "label" ? session.label(*element) : session.hint(*element);
        return differ(op, std::string{trimmed(text_of(step, "expect"))},
                      std::string{trimmed(shown)});
    }

    Difference problems(const Json& step, const std::string& ref) {
        auto found = player_.session().problems();
        // JavaRosa takes an empty text for an answer where one is required; nobody else does.
        std::erase_if(found, [this](const Problem& problem) {
            return player_.session().xpath(problem.node) == taken_as_answered_;
        });
        std::string got, expected = ref;
        for (const auto& problem : found) {
            if (step["expect"].is_string()) {
                got = player_.session().xpath(problem.node);
                break;
            }
            got += player_.session().xpath(problem.node) + " ";
        }
        if (step["expect"].is_array())
            for (const auto& one : step["expect"]) expected += text_of(one, "ref") + " ";
        return differ("problems", expected, got);
    }

    Difference next(const Json& step, const std::string& ref, int by) {
        auto event = lower_ascii(text_of(step, "event"));
        if (event.starts_with("prompt")) event = "prompt";
        if (event.starts_with("end")) event = "end";
        return player_.next(event, ref, by);
    }

public:
    const std::string* form_text_ = nullptr;
    const Files* shared_files_ = nullptr;

private:
    const Json& case_;
    Engine engine_;
    Player player_;
    std::string taken_as_answered_;
    std::string forked_;                           ///< the record of the copy that stays behind
    std::map<std::string, std::string> decimals_;  ///< answers as stored there and here
};

/// JavaRosa's cases name files that are recorded with those of ODK Web Forms, its port.
Files recorded_files() {
    Files files;
    const auto corpus = Json::parse(read_text(corpus_folder() / "scenarios-webforms.json"));
    for (const auto& one : corpus["cases"])
        for (const auto& resource : one.value("resources", Json::array())) {
            const auto url = text_of(resource, "url");
            files[url.substr(url.rfind('/') + 1)] = text_of(resource, "body");
        }
    return files;
}

void run_family(Engine engine, const char* file, const char* list, const char* title) {
    const auto path = corpus_folder() / file;
    if (!std::filesystem::exists(path)) SKIP("no recorded behaviour beside the repository");
    const auto corpus = Json::parse(read_text(path));
    Tally tally{list};
    const auto files = recorded_files();
    for (const auto& one : corpus["cases"]) {
        const auto id = text_of(one, "id");
        const auto source = text_of(one, "file");
        const auto family = source.substr(source.rfind('/') + 1);
        if (one.value("knownDiscrepancy", false)) {
            tally.skipped(family);
            continue;
        }
        const auto form = text_of(corpus["forms"], text_of(one, "form").c_str());
        CorpusScenario scenario{one, engine};
        if (!scenario.can_be_replayed()) {
            tally.skipped(family);
            continue;
        }
        scenario.form_text_ = &form;
        scenario.shared_files_ = &files;
        if (const auto difference = scenario.run(form))
            tally.failed(family, id, *difference);
        else
            tally.passed(family, id);
    }
    const auto unexplained = tally.report(title);
    CHECK(unexplained.empty());
}

}  // namespace

TEST_CASE("scenarios recorded from JavaRosa end as they did there", "[corpus]") {
    run_family(Engine::javarosa, "scenarios-javarosa.json", "differences-javarosa.tsv",
               "JavaRosa scenarios");
}

TEST_CASE("scenarios recorded from ODK Web Forms end as they did there", "[corpus]") {
    run_family(Engine::webforms, "scenarios-webforms.json", "differences-webforms.tsv",
               "ODK Web Forms scenarios");
}

}  // namespace bordereau::form::test
