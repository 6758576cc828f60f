// app/form/xpath/functions.h - the functions of the language and how they reach their arguments.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/form/xpath/evaluator.h"
#include "app/form/xpath/program.h"
#include "app/form/xpath/value.h"

namespace bordereau::form::xpath {

/// What a function depends on besides its arguments.
enum Trait : unsigned {
    kPure = 0,
    kVolatile = 1,       ///< two runs may differ although nothing changed
    kFresh = 2,          ///< a new value at every call: also differs between rows of one run
    kContext = 4,        ///< the context node
    kContextIfBare = 8,  ///< the context node, when called without arguments
    kPosition = 16       ///< the context position or size, when called without arguments
};

inline constexpr unsigned kAnyNumber = 255;

/// One call while it runs. Arguments are evaluated when asked for: if() takes only one branch.
class Call {
public:
    Call(Evaluator& evaluator, const Term& term, const Focus& focus)
        : evaluator_{evaluator}, term_{term}, focus_{focus} {}

    std::size_t count() const { return term_.count; }
    TermIndex argument(std::size_t at) const {
        return evaluator_.program().operands[term_.first + at].term;
    }

    Value value(std::size_t at) { return evaluator_.value(argument(at), focus_); }
    double number(std::size_t at) { return evaluator_.number(argument(at), focus_); }
    bool boolean(std::size_t at) { return evaluator_.boolean(argument(at), focus_); }
    /// Valid until `scratch` changes.
    std::string_view text(std::size_t at, std::string& scratch) {
        return evaluator_.text(argument(at), focus_, scratch);
    }
    std::string text(std::size_t at) {
        std::string scratch;
        return std::string{text(at, scratch)};
    }
    /// An error for an argument that is not a node-set.
    NodeSet nodes(std::size_t at) { return evaluator_.nodes(argument(at), focus_); }
    bool is_nodes(std::size_t at) const {
        return evaluator_.program().terms[argument(at)].type == TypeOf::nodes;
    }

    NodeRef context_node() const { return focus_.node; }
    const Focus& focus() const { return focus_; }
    Evaluator& evaluator() { return evaluator_; }
    const Services& services() const { return evaluator_.services(); }
    const Clock& clock() const { return evaluator_.services().clock; }
    /// Why a refused call is one.
    const std::string& reason() const { return evaluator_.program().texts[term_.detail]; }
    /// Ends the evaluation with an error; the value returned afterwards does not matter.
    Value fail(const std::string& what);

private:
    Evaluator& evaluator_;
    const Term& term_;
    const Focus& focus_;
};

struct Function {
    std::string_view name;
    unsigned least = 0, most = 0;  ///< arguments; kAnyNumber: no upper bound
    TypeOf type = TypeOf::unknown;
    unsigned traits = kPure;
    Value (*run)(Call&) = nullptr;
};

/// Null if there is none of that name.
const Function* find_function(std::string_view name);

/// Stands for a call that cannot be run; Term::detail is the text that says why.
const Function& refused_function();

// The library by subject, one file each.
std::span<const Function> text_functions();
std::span<const Function> boolean_functions();
std::span<const Function> number_functions();
std::span<const Function> node_functions();
std::span<const Function> date_functions();
std::span<const Function> geo_functions();
std::span<const Function> select_functions();
std::span<const Function> form_functions();

}  // namespace bordereau::form::xpath
