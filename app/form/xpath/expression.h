// app/form/xpath/expression.h - an XPath expression of a form, compiled once and run often.
// XPath 1.0 whole, with the functions of ODK XForms. Where engines differ: the ODK specification,
// then JavaRosa.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/values/names.h"
#include "app/form/xpath/context.h"
#include "app/form/xpath/reference.h"
#include "app/form/xpath/value.h"
#include "storage/base/result.h"

namespace bordereau::form {

/// A namespace declaration that name tests such as orx:meta may use. Those of ODK XForms (jr, orx,
/// odk, h, ev, xsd, entities) are always there.
struct NamespacePrefix {
    std::string prefix;
    std::string uri;
};

/// When an unknown function or a wrong number of arguments is an error.
enum class Strictness {
    when_compiled,  ///< at once, with its position: for forms that are loaded
    when_reached    ///< when it is run, as in JavaRosa: a branch never taken may hold anything
};

/// The slot in Context::record of the one node that an absolute path of child names always means;
/// nothing for paths into repeats and to no node. Names from the document element down.
using SlotOf = std::function<std::optional<std::uint32_t>(std::span<const Name> path)>;

struct Program;  // app/form/xpath/program.h

/// Immutable, cheap to copy, safe to run from several threads.
class Expression {
public:
    /// invalid: not an expression, an unknown function, a wrong number of arguments, an unknown
    /// prefix, or over a limit (100,000 bytes, 200 levels). The detail begins "at character N: ".
    static Result<Expression> compile(std::string_view text, Names& names,
                                      std::span<const NamespacePrefix> namespaces = {},
                                      Strictness strictness = Strictness::when_compiled,
                                      const SlotOf& slot_of = {});

    const std::string& text() const;

    /// All paths used, in order of appearance, those in predicates and of current() included;
    /// paths given as text to jr:choice-name() too.
    std::span<const Reference> references() const;
    /// The ids that instance() and pulldata() name, each once.
    std::span<const std::string> instances() const;

    /// True if two runs may differ although nothing changed: now(), random(), uuid(), once() ...
    bool is_volatile() const;
    /// True if last() or position() without an argument is used outside a predicate.
    bool uses_position() const;
    /// The value of an expression that is a literal, or true() or false().
    std::optional<Value> literal() const;
    /// The reference, if the whole expression is one path without predicates.
    const Reference* plain_reference() const;

    /// Runs it. invalid: a type that a function cannot take, or too large an intermediate result.
    Result<Value> evaluate(const Context& context) const;
    /// The same, converted as by boolean(), string(), number(); faster than converting afterwards.
    Result<bool> evaluate_boolean(const Context& context) const;
    Result<std::string> evaluate_text(const Context& context) const;
    Result<double> evaluate_number(const Context& context) const;
    /// invalid also if the value is not a node-set.
    Result<NodeSet> evaluate_nodes(const Context& context) const;

private:
    explicit Expression(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> program_;
};

}  // namespace bordereau::form
