#include "app/audit/people.h"

#include <numeric>

namespace bordereau::audit {
namespace {

constexpr std::array<const char*, kAgeBands> kWomenCells{"e_f_lt1",   "e_f_1_5", "e_f_6_17",
                                                         "e_f_18_59", "e_f_60",  "e_f_au"};
constexpr std::array<const char*, kAgeBands> kMenCells{"e_m_lt1",   "e_m_1_5", "e_m_6_17",
                                                       "e_m_18_59", "e_m_60",  "e_m_au"};

std::array<std::int64_t, kAgeBands> cells(const Answers& answers,
                                          const std::array<const char*, kAgeBands>& names) {
    std::array<std::int64_t, kAgeBands> counts{};
    for (std::size_t band = 0; band < kAgeBands; ++band)
        counts[band] = answers.count(names[band]).value_or(0);
    return counts;
}

std::int64_t sum(const std::array<std::int64_t, kAgeBands>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

}  // namespace

Staffing staffing(const Record& record) {
    Staffing staff;
    for (const Answers& row : record.rows("d_staff")) {
        const GradeStaff grade{std::string{row.value("d_gcode")}, row.count("d_w").value_or(0),
                               row.count("d_m").value_or(0), row.count("d_x").value_or(0)};
        staff.women += grade.women;
        staff.men += grade.men;
        staff.unrecorded += grade.unrecorded;
        if (grade.grade == "command" || grade.grade == "senior") {
            staff.command_women += grade.women;
            staff.command_men += grade.men;
        }
        staff.grades.push_back(grade);
    }
    return staff;
}

std::int64_t Served::fully_classified() const {
    return sum(women) + sum(men) - women.back() - men.back();
}

std::optional<Served> served(const Record& record) {
    const Answers& answers = record.answers;
    const bool by_age = answers.is("e_sadd_level", "sex_age");
    if (!by_age && !answers.is("e_sadd_level", "sex")) return {};

    Served people;
    people.by_age = by_age;
    if (by_age) {
        people.women = cells(answers, kWomenCells);
        people.men = cells(answers, kMenCells);
        people.total_women = sum(people.women);
        people.total_men = sum(people.men);
    } else {
        people.total_women = answers.count("e_f_only").value_or(0);
        people.total_men = answers.count("e_m_only").value_or(0);
    }
    people.unrecorded = answers.count("e_x").value_or(0);
    return people;
}

}  // namespace bordereau::audit
