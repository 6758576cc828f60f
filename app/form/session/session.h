// app/form/session/session.h - one filling of a form: answers in, recalculated state out.
// No disk: what must be kept is handed out as Entries. No drawing: a screen reads Elements.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/definition/form.h"
#include "app/form/definition/widget.h"
#include "app/form/session/environment.h"
#include "storage/base/result.h"

namespace bordereau::form {

/// A node of the filled form. Stays valid until its repeat instance is removed; then every
/// question about it gives an empty or false answer.
struct NodeId {
    std::uint32_t index = 0xFFFFFFFF;
    std::uint32_t generation = 0;
    auto operator<=>(const NodeId&) const = default;
    bool operator==(const NodeId&) const = default;
};

enum class ElementKind { question, group, repeat, repeat_instance };

/// One displayed thing in the order of the form's body. Only relevant ones are listed.
struct Element {
    ElementKind kind = ElementKind::question;
    Widget widget = Widget::text;
    NodeId node;                ///< groups without a reference have no node (default NodeId)
    NodeId place;               ///< the node its texts are about: itself, or the one around it
    std::uint32_t control = 0;  ///< index of the body control, equal for all instances of a repeat
    int depth = 0;              ///< 0 for children of the body
    int position = 0;           ///< of a repeat_instance: 1, 2, ...
    bool can_add = false;       ///< of a repeat: a person may add an instance
    bool can_remove = false;    ///< of a repeat_instance: a person may remove it
    NodeId remark_on;           ///< the listed question that this one takes remarks on, if any
};

struct Choice {
    std::string value;
    std::string label;
    std::string image;  ///< file name, or empty
};

enum class Validity {
    valid,
    required,    ///< empty although an answer is required
    constraint,  ///< the constraint does not hold
    type         ///< kept as typed, but not of the question's type (a letter in a number)
};

/// What keeps an audit from being finalized.
struct Problem {
    NodeId node;
    Validity validity = Validity::valid;
    std::string message;  ///< the form's own message in the session's language, or empty
};

/// One value that must be kept so that the session can be resumed. Derived values are not listed:
/// they are calculated again. `path` names repeat instances by key, never by position, for example
/// /grpa_main/d_hr/d_staff[2]/d_w or /grpa_main/l_fin/l_item[k7f3q2mz]/l_text, so that it keeps its
/// meaning when instances before it go. The entry of an instance itself (path ends in "]") has its
/// order number as value; nothing there means the instance was removed.
struct Entry {
    std::string path;
    std::optional<std::string> value;
    auto operator<=>(const Entry&) const = default;
    bool operator==(const Entry&) const = default;
};

/// How Session::resume treats what is not a recorded answer.
enum class ResumeMode {
    edit,   ///< calculations run again (ODK: on every load)
    frozen  ///< volatile calculations (today(), uuid(), ...) keep their recorded value
};

class Session {
public:
    /// A new filling: preloads, defaults, first-load actions, all calculations.
    static Session start(std::shared_ptr<const Form> form, Environment environment);

    /// Continues one from its entries, in any order; the latest of equal paths must come last.
    /// Entries that the form does not know are kept aside and given back by all_entries().
    static Session resume(std::shared_ptr<const Form> form, std::span<const Entry> entries,
                          Environment environment, ResumeMode mode);

    /// Loads a record as servers hold it, to go on with it. invalid: not XML, or not of this form.
    static Result<Session> load_instance(std::shared_ptr<const Form> form, std::string_view xml,
                                         Environment environment);

    /// Loads a record that was sent, to correct it: it gets an identifier of its own and names the
    /// old one as deprecatedID (OpenRosa metadata), so that servers put it in its place.
    static Result<Session> edit_instance(std::shared_ptr<const Form> form, std::string_view xml,
                                         Environment environment);

    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();

    const Form& form() const;

    // Change. Each call recalculates only what depends on it.

    /// Stores the text as given, even where it is not valid, and tells whether it is. Numbers and
    /// dates are put into canonical form first (other digits to 0-9). An empty text clears.
    Validity answer(NodeId question, std::string_view text);
    /// A new instance, the last one; with an order number where an instance of that number belongs
    /// (the value of its Entry). A default NodeId if not allowed.
    NodeId add_repeat(NodeId repeat, std::uint32_t order = 0);
    bool remove_repeat(NodeId instance);           ///< false if not allowed
    bool set_language(std::string_view language);  ///< false if the form does not have it

    /// Entries changed since the last call, in order. Record them before telling anybody "saved".
    std::vector<Entry> take_entries();
    /// All entries, sorted by path: what a new session would need.
    std::vector<Entry> all_entries() const;

    // What a screen shows.

    /// Relevant elements in body order. Valid until the next change; cheap when nothing changed.
    const std::vector<Element>& elements() const;
    /// The one of a question, a repeat or an instance of it, the first where the body has several;
    /// null where it is not shown. Groups have none here: several may share a node. As valid as
    /// elements().
    const Element* element_of(NodeId node) const;
    NodeId find(std::string_view xpath) const;  ///< "/data/rep[2]/q"; default NodeId if none
    std::string xpath(NodeId node) const;       ///< with positions, "/data/rep[2]/q"
    std::string key_path(NodeId node) const;    ///< with keys, as in Entry
    NodeId find_key_path(std::string_view path) const;

    std::string_view name(NodeId node) const;  ///< local name: "d_w"
    const std::string& value(NodeId node) const;
    bool relevant(NodeId node) const;
    bool required(NodeId node) const;
    bool readonly(NodeId node) const;
    Validity validity(NodeId node) const;  ///< of a non-relevant or removed node: valid
    /// The question that takes remarks on this one; default NodeId: the form asks for none now.
    NodeId remark(NodeId question) const;

    /// Differs from before whenever the value, a flag, the validity or a text of an element may
    /// have changed; equal: all of them are as they were. Its choices have lists of their own.
    std::uint64_t stamp(const Element& element) const;

    std::string label(const Element& element) const;  ///< with outputs filled in; language fallback
    std::string hint(const Element& element) const;
    std::string guidance(const Element& element) const;
    std::string message(NodeId node) const;  ///< the form's message for its present validity
    std::string_view appearance(const Element& element) const;
    /// Parameters of a control (range start, end, step, max-pixels ...); empty if absent.
    std::string_view parameter(const Element& element, std::string_view name) const;
    /// Choices after the filter, in order. A list is never changed and may be kept as long as one
    /// likes; as long as a question's choices stay the same it is the same list, and questions with
    /// the same choices (rows of a repeat over one external list) share it.
    std::shared_ptr<const std::vector<Choice>> choice_list(const Element& element) const;
    /// The same. Valid until the next change.
    const std::vector<Choice>& choices(const Element& element) const;
    /// The questions whose answers the filter of its choices reads itself, in the order of the
    /// model.
    std::vector<NodeId> choices_follow(const Element& element) const;
    /// The label of a stored choice value, or the value itself.
    std::string choice_label(const Element& element, std::string_view value) const;
    const std::string& language() const;
    std::string instance_name() const;  ///< meta/instanceName, or empty

    /// How many expressions were evaluated because something changed, since the session began: what
    /// an answer costs, counted.
    std::uint64_t evaluations() const;

    // Finish.

    /// Everything that keeps this record from being finalized, in body order.
    std::vector<Problem> problems() const;
    /// Expressions that could not be evaluated, each once: what they decide was left empty or
    /// as it was. For form authors.
    Diagnostics failures() const;
    /// Runs the closing actions (timestamps end, an identifier where the form gives none). Call
    /// before the last take_entries().
    void finalize();
    /// The submission: non-relevant nodes left out. Byte-stable for equal sessions.
    std::string submission_xml() const;

    /// All leaves in document order with their relevance, calculated ones included: for scores,
    /// reports and exports. `xpath` has positions.
    struct Leaf {
        std::string xpath;
        std::string_view name;
        std::string_view value;
        bool relevant = true;
    };
    std::vector<Leaf> leaves() const;

    struct State;  // app/form/session/state.h

private:
    explicit Session(std::unique_ptr<State> state);
    std::string series_path(NodeId node, bool with_keys) const;
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::form
