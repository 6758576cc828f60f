#include "app/audit/people.h"

#include <algorithm>
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

void add(Staffing& staff, const GradeStaff& grade) {
    staff.women += grade.women;
    staff.men += grade.men;
    staff.unrecorded += grade.unrecorded;
    if (grade.grade == "command" || grade.grade == "senior") {
        staff.command_women += grade.women;
        staff.command_men += grade.men;
    }
    const auto known = std::ranges::find(staff.grades, grade.grade, &GradeStaff::grade);
    if (known == staff.grades.end()) {
        staff.grades.push_back(grade);
        return;
    }
    known->women += grade.women;
    known->men += grade.men;
    known->unrecorded += grade.unrecorded;
}

}  // namespace

Staffing staffing(const Record& record) {
    const Record* const one[]{&record};
    return staffing(one);
}

Staffing staffing(std::span<const Record* const> units) {
    Staffing staff;
    for (const Record* unit : units)
        for (const Answers& row : unit->rows("d_staff"))
            add(staff, {std::string{row.value("d_gcode")}, row.count("d_w").value_or(0),
                        row.count("d_m").value_or(0), row.count("d_x").value_or(0)});
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

std::optional<Served> served(std::span<const Record* const> units) {
    std::optional<Served> all;
    for (const Record* unit : units) {
        const auto one = served(*unit);
        if (!one) continue;
        if (!all) {
            all = one;
            continue;
        }
        all->by_age = all->by_age && one->by_age;
        for (std::size_t band = 0; band < kAgeBands; ++band) {
            all->women[band] += one->women[band];
            all->men[band] += one->men[band];
        }
        all->total_women += one->total_women;
        all->total_men += one->total_men;
        all->unrecorded += one->unrecorded;
    }
    return all;
}

}  // namespace bordereau::audit
