/* jobcentre_64 as one plain loop: the yardstick of the benchmark.

   A person is a struct, a week is a few passes over the people of each jobcentre, and nothing is clever: no SIMD, no
   events, no skipping of people who cannot change. It holds the one workload and none of what the engine carries
   besides (scenario files, keyed draws, a weekly register, teams), so it says how much that generality costs.

   The law, for week t of person i of centre i mod CENTRES, who enters in week ENTRY i / N:
     A  leaves with probability 1 - exp(-(job + edu + other)); job depends on duration, frailty and what was delivered
     B  a praktik of LENGTH weeks ends
     C  some of the others apply for praktik, and get it while the centre has places
     D  everyone who is due is called, longest overdue first and ties by number, until the next does not fit into the
        minutes left; a no-show stays due, the others are due again next week

   cc -O3 plain.c -lm;  plain PERSONS WEEKS REPLICATIONS SEED
   One line of JSON a replication; `wall` and `cpu` are set-up and run, in seconds. */

#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CENTRES = 18, ENTRY = 12, LENGTH = 8, AFTER = 26, EARLIEST = 4, LONGEST = 52, NEVER = -99 };
static const double JOB = 0.0060, EDU = 0.0010, OTHER = 0.0010;
static const double LOCK_IN = 0.4, POST = 1.6, MEETING = 1.25, APPLIES = 0.006, NO_SHOW = 0.10, LONG_TALK = 0.3;

typedef struct {
    float frailty;
    int16_t entered, due, held, praktik_began, praktik_done; /* weeks */
    uint8_t minutes, in_praktik;
} Person;

typedef struct {
    Person *people; /* who is there, in order of number; leavers are taken out */
    long there, entered, persons;
    long places; /* free places in praktik */
} Centre;

typedef struct {
    long person_weeks, job, edu, other, held, no_shows, due, praktik_weeks, praktik_starts, minutes;
} Counts;

/* xoshiro256+ (Blackman and Vigna, public domain), as uniforms on [0, 1) */
static uint64_t state[4];

static inline uint64_t rotated(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline double uniform(void) {
    uint64_t result = state[0] + state[3], t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotated(state[3], 45);
    return (double)(result >> 11) * 0x1.0p-53;
}

static void seed(uint64_t number) {
    for (int i = 0; i < 4; i++) { /* splitmix64 */
        uint64_t z = (number += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        state[i] = z ^ (z >> 31);
    }
}

static double normal(void) {
    double u, v, s;
    do {
        u = 2 * uniform() - 1;
        v = 2 * uniform() - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * sqrt(-2 * log(s) / s);
}

static void enter(Centre *centre, long c, long persons, int week) {
    while (centre->entered < centre->persons && ENTRY * (c + CENTRES * centre->entered) / persons <= week) {
        centre->entered++;
        Person *p = &centre->people[centre->there++];
        p->frailty = (float)exp(0.5 * normal() - 0.125);
        p->minutes = uniform() < LONG_TALK ? 45 : 30;
        p->entered = (int16_t)week;
        p->due = (int16_t)(week + 1);
        p->held = p->praktik_began = p->praktik_done = NEVER;
        p->in_praktik = 0;
    }
}

static void leave(Centre *centre, int week, const double *by_duration, Counts *counts) {
    Person *stays = centre->people;
    for (Person *p = centre->people, *end = p + centre->there; p < end; p++) {
        int duration = week - p->entered;
        double job = JOB * p->frailty * by_duration[duration < LONGEST ? duration : LONGEST], edu = EDU;
        if (p->in_praktik) {
            job *= LOCK_IN;
            edu *= LOCK_IN;
        } else if (week - p->praktik_done <= AFTER) {
            job *= POST;
        }
        if (week - p->held <= 2) job *= MEETING;
        double all = job + edu + OTHER;
        if (uniform() >= 1 - exp(-all)) {
            *stays++ = *p;
            continue;
        }
        double cause = uniform() * all;
        if (cause < job) counts->job++;
        else if (cause < job + edu) counts->edu++;
        else counts->other++;
        centre->places += p->in_praktik;
    }
    counts->person_weeks += centre->there;
    centre->there = stays - centre->people;
}

static void end_praktik(Centre *centre, int week) {
    for (Person *p = centre->people, *end = p + centre->there; p < end; p++) {
        if (!p->in_praktik || week != p->praktik_began + LENGTH) continue;
        p->in_praktik = 0;
        p->praktik_done = (int16_t)week;
        centre->places++;
    }
}

static void start_praktik(Centre *centre, int week, Counts *counts) {
    for (Person *p = centre->people, *end = p + centre->there; p < end; p++) {
        if (!p->in_praktik && week - p->entered >= EARLIEST && week - p->praktik_done > AFTER && uniform() < APPLIES
            && centre->places > 0) {
            p->in_praktik = 1;
            p->praktik_began = (int16_t)week;
            centre->places--;
            counts->praktik_starts++;
        }
        counts->praktik_weeks += p->in_praktik;
    }
}

/* The queue in order of `due`, ties by number: counted by week, then placed. Returns its length. */
static long line_up(const Centre *centre, int week, Person **queue, long *begins) {
    for (int w = 0; w <= week + 2; w++) begins[w] = 0;
    Person *first = centre->people, *end = first + centre->there;
    for (Person *p = first; p < end; p++) begins[p->due + 1]++;
    for (int w = 0; w <= week; w++) begins[w + 1] += begins[w];
    long waiting = begins[week + 1];
    for (Person *p = first; p < end; p++)
        if (p->due <= week) queue[begins[p->due]++] = p;
    return waiting;
}

static void meet(Centre *centre, int week, long minutes, Person **queue, long *begins, Counts *counts) {
    long waiting = line_up(centre, week, queue, begins);
    counts->due += waiting;
    for (long i = 0; i < waiting; i++) {
        Person *p = queue[i];
        if (p->minutes > minutes) break;
        minutes -= p->minutes;
        counts->minutes += p->minutes;
        if (uniform() < NO_SHOW) {
            counts->no_shows++;
        } else {
            counts->held++;
            p->held = (int16_t)week;
            p->due = (int16_t)(week + 1);
        }
    }
}

static void *room(size_t bytes) {
    void *there = malloc(bytes);
    if (!there) exit(1);
    return there;
}

static Counts simulate(long persons, int weeks, uint64_t number) {
    Counts counts = {0};
    Centre centres[CENTRES];
    Person *people = room((size_t)persons * sizeof(Person)), *next = people;
    Person **queue = room((size_t)(persons / CENTRES + 1) * sizeof(Person *));
    long *begins = room((size_t)(weeks + 3) * sizeof(long));
    long minutes = lround(24.5 * (double)persons / CENTRES), places = lround(0.03 * (double)persons / CENTRES);
    double by_duration[LONGEST + 1];
    seed(number);
    for (int d = 0; d <= LONGEST; d++) by_duration[d] = exp(-0.02 * d);
    for (long c = 0; c < CENTRES; c++) {
        centres[c] = (Centre){next, 0, 0, (persons - c + CENTRES - 1) / CENTRES, places};
        next += centres[c].persons;
    }
    for (int week = 0; week < weeks; week++) {
        for (long c = 0; c < CENTRES; c++) {
            Centre *centre = &centres[c];
            enter(centre, c, persons, week);
            leave(centre, week, by_duration, &counts);
            end_praktik(centre, week);
            start_praktik(centre, week, &counts);
            meet(centre, week, minutes, queue, begins, &counts);
        }
    }
    free(people);
    free(queue);
    free(begins);
    return counts;
}

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "plain PERSONS WEEKS REPLICATIONS SEED\n");
        return 2;
    }
    long persons = atol(argv[1]), weeks = atol(argv[2]), replications = atol(argv[3]), first = atol(argv[4]);
    if (persons < 1 || weeks < 1 || weeks > INT16_MAX - 1) return 2;
    for (long r = 0; r < replications; r++) {
        double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
        Counts n = simulate(persons, (int)weeks, (uint64_t)(first + r));
        cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        wall = now(CLOCK_MONOTONIC) - wall;
        printf("{\"persons\": %ld, \"weeks\": %ld, \"seed\": %ld, \"wall\": %.9f, \"cpu\": %.9f, \"person_weeks\": %ld, "
               "\"job\": %ld, \"edu\": %ld, \"other\": %ld, \"held\": %ld, \"no_shows\": %ld, \"due\": %ld, \"praktik_weeks\": %ld, "
               "\"praktik_starts\": %ld, \"minutes\": %ld}\n",
               persons, weeks, first + r, wall, cpu, n.person_weeks, n.job, n.edu, n.other, n.held, n.no_shows, n.due,
               n.praktik_weeks, n.praktik_starts, n.minutes);
    }
    return 0;
}
