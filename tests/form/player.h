// tests/form/player.h - plays a scenario on a session from outside: answers, then what is seen.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"

namespace bordereau::form::test {

/// An environment of fixed time (2026-11-23T12:00 in Phoenix), seeded randomness and the digests
/// and signatures that forms may ask for.
Environment environment_for_tests();

/// Files by name.
using Files = std::map<std::string, std::string, std::less<>>;
Resources resources_of(const Files& files);

/// A stop of the walk through a form: what stands where.
struct Stop {
    std::string kind;  ///< "question", "group", "repeat", "prompt", "end"
    std::string path;
};

/// Each method gives what differs from what was expected, or nothing.
using Difference = std::optional<std::string>;

class Player {
public:
    /// A difference when the form does not load.
    Difference open(std::string_view xml, Files files = {},
                    Environment with = environment_for_tests());
    Difference open_record(std::string_view xml, Files files, std::string_view record);

    Session& session() { return *session_; }
    /// What was found in the form, one after another.
    const std::string& warnings() const { return warnings_; }
    bool is_open() const { return session_.has_value(); }

    NodeId node(std::string_view path) const;
    std::optional<Element> element(std::string_view path) const;
    Difference add_repeat(std::string_view path);
    Difference remove_repeat(std::string_view path);
    int count(std::string_view path) const;
    Difference next(std::string_view kind, std::string_view path, int step = 1);
    void move_to(std::string_view path);
    void to_beginning() { at_ = -1; }
    Difference load(std::string_view record);
    /// Takes up a sent record to correct it.
    Difference edit(std::string_view record);
    /// Serialises the record and takes it up again.
    Difference reload();
    /// Stops, keeps the entries, resumes from them.
    void resume(ResumeMode mode);

private:
    Difference take_up(Result<Session> loaded);
    std::vector<Stop> stops() const;

    std::shared_ptr<const Form> form_;
    std::optional<Session> session_;
    Files files_;
    std::string warnings_;
    Environment environment_;
    int at_ = -1;
    Stop last_;
};

/// JavaRosa puts an inner repeat that was added later behind its siblings; there only the order
/// among elements of one name counts.
enum class Order { document, among_equals };

/// Two records with the same elements, attributes and values in the same order; prefixes do not
/// count, nor does a meta block that only `got` has. "*uuid*" and "*ts*" stand for any identifier
/// and any time. Gives the first difference.
Difference compare_records(std::string_view expected, std::string_view got,
                           Order order = Order::document);
/// The same question for single values: equal texts, but for the last digits of fractions, the
/// blank between points, and the time at which the recording ran.
bool same_value(std::string_view expected, std::string_view got);

}  // namespace bordereau::form::test
