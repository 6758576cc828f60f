#include "app/form/xpath/parser.h"

#include <algorithm>
#include <charconv>

#include "app/form/xpath/functions.h"
#include "app/form/xpath/lexer.h"

namespace bordereau::form::xpath {
namespace {

constexpr std::size_t kLongestText = 100'000;
constexpr int kDeepest = 200;

struct AxisName {
    std::string_view name;
    Axis axis;
};

constexpr AxisName kAxes[] = {{"child", Axis::child},
                              {"attribute", Axis::attribute},
                              {"self", Axis::self},
                              {"parent", Axis::parent},
                              {"descendant", Axis::descendant},
                              {"descendant-or-self", Axis::descendant_or_self},
                              {"ancestor", Axis::ancestor},
                              {"ancestor-or-self", Axis::ancestor_or_self},
                              {"following", Axis::following},
                              {"following-sibling", Axis::following_sibling},
                              {"preceding", Axis::preceding},
                              {"preceding-sibling", Axis::preceding_sibling},
                              {"namespace", Axis::namespaces}};

// Prefixes that forms use even where a document forgets to declare them.
constexpr std::pair<std::string_view, std::string_view> kKnownPrefixes[] = {
    {"jr", "http://openrosa.org/javarosa"},
    {"orx", "http://openrosa.org/xforms"},
    {"odk", "http://www.opendatakit.org/xforms"},
    {"entities", "http://www.opendatakit.org/xforms/entities"},
    {"h", "http://www.w3.org/1999/xhtml"},
    {"ev", "http://www.w3.org/2001/xml-events"},
    {"xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xml", "http://www.w3.org/XML/1998/namespace"}};

std::optional<TestKind> node_type(std::string_view name) {
    if (name == "node") return TestKind::node;
    if (name == "text") return TestKind::text;
    if (name == "comment") return TestKind::comment;
    if (name == "processing-instruction") return TestKind::instruction;
    return std::nullopt;
}

Operator operator_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::plus: return Operator::add;
        case TokenKind::minus: return Operator::subtract;
        case TokenKind::multiply: return Operator::multiply;
        case TokenKind::divide: return Operator::divide;
        case TokenKind::modulo: return Operator::modulo;
        case TokenKind::equal: return Operator::equal;
        case TokenKind::not_equal: return Operator::not_equal;
        case TokenKind::less: return Operator::less;
        case TokenKind::less_equal: return Operator::less_equal;
        case TokenKind::greater: return Operator::greater;
        case TokenKind::greater_equal: return Operator::greater_equal;
        default: return Operator::none;
    }
}

bool is_one_of(Operator op, std::initializer_list<Operator> wanted) {
    return std::ranges::find(wanted, op) != wanted.end();
}

// Recursive descent, a function per production. After a failure every production returns at once.
class Parser {
public:
    Parser(std::vector<Token> tokens, Names& names, std::span<const NamespacePrefix> namespaces,
           Strictness strictness)
        : tokens_{std::move(tokens)},
          names_{names},
          namespaces_{namespaces},
          strictness_{strictness} {}

    Result<Program> run() {
        program_.terms.reserve(expected_terms());
        program_.root = expression();
        if (!error_ && peek().kind != TokenKind::end) fail("something is left over");
        if (error_) return std::move(*error_);
        return std::move(program_);
    }

private:
    const Token& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    // One for each literal, call and sign between operands, and one for each path: one allocation
    // instead of several.
    std::size_t expected_terms() const {
        std::size_t terms = 0;
        TokenKind before = TokenKind::end;
        for (const Token& token : tokens_) {
            const bool goes_on = before == TokenKind::slash || before == TokenKind::at;
            switch (token.kind) {
                case TokenKind::end:
                case TokenKind::open:
                case TokenKind::close:
                case TokenKind::open_square:
                case TokenKind::close_square:
                case TokenKind::comma:
                case TokenKind::slash:
                case TokenKind::at: break;
                default: terms += goes_on && token.kind == TokenKind::name ? 0 : 1;
            }
            if (token.kind == TokenKind::slash && before != TokenKind::name &&
                before != TokenKind::dot_dot && before != TokenKind::dot)
                ++terms;
            before = token.kind;
        }
        return terms;
    }
    bool is(TokenKind kind) const { return !error_ && peek().kind == kind; }
    bool take(TokenKind kind) {
        if (!is(kind)) return false;
        ++at_;
        return true;
    }
    void expect(TokenKind kind, const char* sign) {
        if (!error_ && !take(kind)) fail(std::string{"expected "} + sign);
    }
    TermIndex fail(const std::string& what) { return fail_at(peek().position, what); }
    TermIndex fail_at(std::size_t position, const std::string& what) {
        if (!error_) error_ = syntax_error(position, what);
        return kNoTerm;
    }

    TermIndex add(Term term, std::size_t position) {
        term.position = static_cast<std::uint32_t>(position);
        program_.terms.push_back(term);
        return static_cast<TermIndex>(program_.terms.size() - 1);
    }

    TermIndex add(TermKind kind, std::span<const Operand> operands, std::size_t position) {
        Term term;
        term.kind = kind;
        term.first = static_cast<std::uint32_t>(program_.operands.size());
        term.count = static_cast<std::uint32_t>(operands.size());
        program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
        return add(term, position);
    }

    // The operands that were laid open since there were `before` of them.
    TermIndex close(TermKind kind, std::size_t before, std::size_t position) {
        const TermIndex term =
            error_ ? kNoTerm : add(kind, std::span{open_}.subspan(before), position);
        open_.resize(before);
        return term;
    }

    // Operands with one kind of separator between them; a single operand stands for itself.
    TermIndex list(TermKind kind, TokenKind separator, TermIndex (Parser::*operand)()) {
        const std::size_t position = peek().position;
        const TermIndex first = (this->*operand)();
        if (!is(separator)) return first;
        const std::size_t before = open_.size();
        open_.push_back({first});
        while (take(separator)) {
            const TermIndex next = (this->*operand)();
            open_.push_back({next});
        }
        return close(kind, before, position);
    }

    TermIndex expression() {
        if (++depth_ > kDeepest) return fail("nested too deeply");
        const TermIndex term = either();
        --depth_;
        return term;
    }
    TermIndex either() { return list(TermKind::any_of, TokenKind::either, &Parser::both); }
    TermIndex both() { return list(TermKind::all_of, TokenKind::both, &Parser::equality); }

    TermIndex equality() {
        return compared({Operator::equal, Operator::not_equal}, &Parser::relation);
    }
    TermIndex relation() {
        return compared(
            {Operator::less, Operator::less_equal, Operator::greater, Operator::greater_equal},
            &Parser::sum);
    }

    // a = b = c means (a = b) = c; such chains are rare, so each link costs one level of depth.
    TermIndex compared(std::initializer_list<Operator> operators, TermIndex (Parser::*operand)()) {
        const std::size_t position = peek().position;
        TermIndex left = (this->*operand)();
        int links = 0;
        for (Operator op; !error_ && is_one_of(op = operator_of(peek().kind), operators);) {
            ++at_;
            if (++links + depth_ > kDeepest) return fail("nested too deeply");
            const TermIndex right = (this->*operand)();
            if (error_) break;
            const Operand both[] = {{left}, {right, op}};
            left = add(TermKind::comparison, both, position);
        }
        return left;
    }

    TermIndex sum() { return chained({Operator::add, Operator::subtract}, &Parser::product); }
    TermIndex product() {
        return chained({Operator::multiply, Operator::divide, Operator::modulo}, &Parser::negation);
    }

    TermIndex chained(std::initializer_list<Operator> operators, TermIndex (Parser::*operand)()) {
        const std::size_t position = peek().position;
        const TermIndex first = (this->*operand)();
        if (!is_one_of(operator_of(peek().kind), operators)) return first;
        const std::size_t before = open_.size();
        open_.push_back({first});
        for (Operator op; !error_ && is_one_of(op = operator_of(peek().kind), operators);) {
            ++at_;
            const TermIndex next = (this->*operand)();
            open_.push_back({next, op});
        }
        return close(TermKind::arithmetic, before, position);
    }

    TermIndex negation() {
        const std::size_t position = peek().position;
        std::size_t signs = 0;
        while (take(TokenKind::minus)) ++signs;
        TermIndex term = united();
        if (error_ || signs == 0) return term;
        if (signs % 2 == 0) term = negated(term, position);
        return negated(term, position);
    }

    TermIndex negated(TermIndex term, std::size_t position) {
        const Operand only[] = {{term}};
        return add(TermKind::negation, only, position);
    }

    TermIndex united() { return list(TermKind::united, TokenKind::bar, &Parser::path); }

    bool starts_primary() const {
        switch (peek().kind) {
            case TokenKind::number:
            case TokenKind::text:
            case TokenKind::variable:
            case TokenKind::open: return true;
            case TokenKind::function: return !node_type(peek().text);
            default: return false;
        }
    }

    TermIndex path() {
        const std::size_t position = peek().position;
        if (starts_primary()) return filtered(position);
        Path path;
        if (is(TokenKind::slash) || is(TokenKind::double_slash)) path.start = PathStart::root;
        if (take(TokenKind::slash)) {
            if (starts_step()) steps(path);
        } else {
            if (is(TokenKind::double_slash)) descend(path);
            steps(path);
        }
        return finish(std::move(path), position);
    }

    // A primary expression with what may follow it: predicates, then steps.
    TermIndex filtered(std::size_t position) {
        const TermIndex from = primary();
        if (error_) return kNoTerm;
        Path path;
        path.start = PathStart::term;
        path.from = from;
        while (is(TokenKind::open_square)) path.filters.push_back(predicate());
        if (is(TokenKind::double_slash)) {
            descend(path);
            steps(path);
        } else if (take(TokenKind::slash)) {
            steps(path);
        } else if (path.filters.empty()) {
            return from;
        }
        return finish(std::move(path), position);
    }

    TermIndex finish(Path path, std::size_t position) {
        if (error_) return kNoTerm;
        const auto is_plain = [](const Step& step) {
            return step.axis == Axis::child && step.test.kind == TestKind::name &&
                   step.predicates.empty();
        };
        if (path.start == PathStart::root)
            path.narrowable = static_cast<std::uint32_t>(
                std::ranges::find_if_not(path.steps, is_plain) - path.steps.begin());
        Term term;
        term.kind = TermKind::path;
        term.detail = static_cast<std::uint32_t>(program_.paths.size());
        program_.paths.push_back(std::move(path));
        return add(term, position);
    }

    bool starts_step() const {
        switch (peek().kind) {
            case TokenKind::name:
            case TokenKind::star:
            case TokenKind::at:
            case TokenKind::dot:
            case TokenKind::dot_dot:
            case TokenKind::axis: return true;
            case TokenKind::function: return node_type(peek().text).has_value();
            default: return false;
        }
    }

    // "//" stands for "/descendant-or-self::node()/".
    void descend(Path& path) {
        Step step;
        step.axis = Axis::descendant_or_self;
        step.position = static_cast<std::uint32_t>(peek().position);
        path.steps.push_back(std::move(step));
        ++at_;
    }

    // Words and slashes ahead, halved: a bound for the steps, exact for plain paths.
    std::size_t steps_ahead() const {
        std::size_t ahead = 0;
        while (peek(ahead).kind == TokenKind::name || peek(ahead).kind == TokenKind::slash ||
               peek(ahead).kind == TokenKind::dot_dot)
            ++ahead;
        return ahead / 2 + 1;
    }

    void steps(Path& path) {
        path.steps.reserve(path.steps.size() + steps_ahead());
        path.steps.push_back(step());
        while (is(TokenKind::slash) || is(TokenKind::double_slash)) {
            if (is(TokenKind::double_slash))
                descend(path);
            else
                ++at_;
            path.steps.push_back(step());
        }
    }

    Step step() {
        Step step;
        step.position = static_cast<std::uint32_t>(peek().position);
        if (take(TokenKind::dot)) {
            step.axis = Axis::self;
        } else if (take(TokenKind::dot_dot)) {
            step.axis = Axis::parent;
        } else {
            if (take(TokenKind::at))
                step.axis = Axis::attribute;
            else if (is(TokenKind::axis))
                step.axis = axis();
            step.test = test();
        }
        // XPath has no predicates after "." and "..", yet the idiom ./q[...] led to forms with
        // them.
        while (is(TokenKind::open_square)) step.predicates.push_back(predicate());
        return step;
    }

    Axis axis() {
        const std::string_view name = peek().text;
        const auto* const found = std::ranges::find(kAxes, name, &AxisName::name);
        if (found == std::end(kAxes)) {
            fail("unknown axis " + std::string{name});
            return Axis::child;
        }
        ++at_;
        return found->axis;
    }

    NodeTest test() {
        NodeTest test;
        if (take(TokenKind::star)) {
            test.kind = TestKind::any_name;
        } else if (is(TokenKind::function)) {
            node_type_test(test);
        } else if (is(TokenKind::name)) {
            name_test(test, peek().text);
            ++at_;
        } else {
            fail("expected a path");
        }
        return test;
    }

    void node_type_test(NodeTest& test) {
        const auto kind = node_type(peek().text);
        if (!kind) {
            fail("a function cannot be a step of a path");
            return;
        }
        test.kind = *kind;
        ++at_;
        expect(TokenKind::open, "(");
        if (*kind == TestKind::instruction && is(TokenKind::text)) {
            test.name = names_.intern(peek().text);
            ++at_;
        }
        expect(TokenKind::close, ")");
    }

    void name_test(NodeTest& test, std::string_view text) {
        test.kind = TestKind::name;
        const std::size_t colon = text.find(':');
        if (colon != std::string_view::npos) {
            const auto uri = namespace_of(text.substr(0, colon));
            if (!uri) {
                fail("the prefix of " + std::string{text} + " is not declared");
                return;
            }
            test.uri = names_.intern_uri(*uri);
            text.remove_prefix(colon + 1);
        }
        if (text == "*")
            test.kind = TestKind::any_name;
        else
            test.name = names_.intern(text);
    }

    std::optional<std::string_view> namespace_of(std::string_view prefix) const {
        for (const NamespacePrefix& declared : namespaces_)
            if (declared.prefix == prefix) return declared.uri;
        for (const auto& [known, uri] : kKnownPrefixes)
            if (known == prefix) return uri;
        return std::nullopt;
    }

    Predicate predicate() {
        ++at_;
        Predicate predicate;
        predicate.term = expression();
        expect(TokenKind::close_square, "]");
        return predicate;
    }

    TermIndex primary() {
        const Token token = peek();
        switch (token.kind) {
            case TokenKind::number: return number(token);
            case TokenKind::text: return text(token);
            case TokenKind::function: return call(token);
            case TokenKind::variable: return fail("variables are not supported in forms");
            default: break;
        }
        ++at_;
        const TermIndex term = expression();
        expect(TokenKind::close, ")");
        return term;
    }

    TermIndex number(const Token& token) {
        ++at_;
        Term term;
        const char* const end = token.text.data() + token.text.size();
        std::from_chars(token.text.data(), end, term.number);
        return add(term, token.position);
    }

    TermIndex text(const Token& token) {
        ++at_;
        Term term;
        term.kind = TermKind::text;
        term.detail = static_cast<std::uint32_t>(program_.texts.size());
        program_.texts.emplace_back(token.text);
        return add(term, token.position);
    }

    TermIndex call(const Token& token) {
        ++at_;
        expect(TokenKind::open, "(");
        const std::size_t before = open_.size();
        if (!is(TokenKind::close)) {
            do {
                const TermIndex argument = expression();
                open_.push_back({argument});
            } while (take(TokenKind::comma));
        }
        expect(TokenKind::close, ")");
        if (error_) return kNoTerm;
        const Function* function = function_named(token.text);
        const std::string problem = problem_of(function, token.text, open_.size() - before);
        if (!problem.empty() && strictness_ == Strictness::when_compiled)
            return fail_at(token.position, problem);
        const TermIndex term = close(TermKind::call, before, token.position);
        program_.terms[term].function = problem.empty() ? function : &refused_function();
        program_.terms[term].detail = static_cast<std::uint32_t>(program_.texts.size());
        if (!problem.empty()) program_.texts.push_back(problem);
        return term;
    }

    // Whatever prefix the form gave the namespace of "jr:itext": the usual one finds it.
    const Function* function_named(std::string_view name) const {
        const std::size_t colon = name.find(':');
        if (colon == std::string_view::npos) return find_function(name);
        const auto uri = namespace_of(name.substr(0, colon));
        for (const auto& [prefix, known] : kKnownPrefixes)
            if (uri == known)
                return find_function(std::string{prefix} + std::string{name.substr(colon)});
        return nullptr;
    }

    // Empty where the call is as it should be.
    static std::string problem_of(const Function* function, std::string_view name,
                                  std::size_t arguments) {
        if (function == nullptr) return "unknown function " + std::string{name} + "()";
        const bool too_many = function->most != kAnyNumber && arguments > function->most;
        if (arguments < function->least || too_many) return wrong_count(*function, arguments);
        return {};
    }

    static std::string wrong_count(const Function& function, std::size_t given) {
        std::string wanted = std::to_string(function.least);
        if (function.most == kAnyNumber)
            wanted += " or more";
        else if (function.most != function.least)
            wanted += " to " + std::to_string(function.most);
        return std::string{function.name} + "() takes " + wanted + " arguments, not " +
               std::to_string(given);
    }

    std::vector<Token> tokens_;
    Names& names_;
    std::span<const NamespacePrefix> namespaces_;
    Strictness strictness_;
    Program program_;
    std::vector<Operand> open_;  // of terms that are not complete
    std::optional<Error> error_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

Result<Program> parse(std::string_view text, Names& names,
                      std::span<const NamespacePrefix> namespaces, Strictness strictness) {
    if (text.size() > kLongestText) return syntax_error(kLongestText, "the expression is too long");
    Result<std::vector<Token>> tokens = tokenize(text);
    if (!tokens) return std::move(tokens).error();
    Result<Program> program = Parser{std::move(*tokens), names, namespaces, strictness}.run();
    if (program) program->text = text;
    return program;
}

}  // namespace bordereau::form::xpath
