/* SPDX-License-Identifier: MIT */
/* What the files of the 53C895A share: its registers, and its parts. Names are those of the
 * manual (LSI53C895A PCI to Ultra2 SCSI Controller Technical Manual, version 2.2), chapter 4. */
#ifndef SCSI_LSI_H
#define SCSI_LSI_H

#include "scsi/lsi53c895a.h"
#include "util/bytes.h"

#define LSI_NOBODY 0xffu

enum {
    SCNTL0 = 0x00,
    SCNTL1 = 0x01,
    SCNTL2 = 0x02,
    SCNTL3 = 0x03,
    SCID = 0x04,
    SXFER = 0x05,
    SDID = 0x06,
    GPREG = 0x07,
    SFBR = 0x08,
    SOCL = 0x09,
    SSID = 0x0a,
    SBCL = 0x0b,
    DSTAT = 0x0c,
    SSTAT0 = 0x0d,
    SSTAT1 = 0x0e,
    SSTAT2 = 0x0f,
    DSA = 0x10,
    ISTAT0 = 0x14,
    ISTAT1 = 0x15,
    MBOX0 = 0x16,
    MBOX1 = 0x17,
    CTEST0 = 0x18,
    CTEST2 = 0x1a,
    CTEST3 = 0x1b,
    TEMP = 0x1c,
    DFIFO = 0x20,
    CTEST4 = 0x21,
    CTEST5 = 0x22,
    DBC = 0x24, /* 3 bytes */
    DCMD = 0x27,
    DNAD = 0x28,
    DSP = 0x2c,
    DSPS = 0x30,
    SCRATCHA = 0x34,
    DMODE = 0x38,
    DIEN = 0x39,
    SBR = 0x3a,
    DCNTL = 0x3b,
    ADDER = 0x3c,
    SIEN0 = 0x40,
    SIEN1 = 0x41,
    SIST0 = 0x42,
    SIST1 = 0x43,
    SLPAR = 0x44,
    SWIDE = 0x45,
    MACNTL = 0x46,
    GPCNTL = 0x47,
    STIME0 = 0x48,
    STIME1 = 0x49,
    RESPID0 = 0x4a,
    RESPID1 = 0x4b,
    STEST0 = 0x4c,
    STEST1 = 0x4d,
    STEST3 = 0x4f,
    SIDL = 0x50, /* 2 bytes */
    STEST4 = 0x52,
    SODL = 0x54, /* 2 bytes */
    CCNTL0 = 0x56,
    CCNTL1 = 0x57,
    SBDL = 0x58,     /* 2 bytes */
    SCRATCHB = 0x5c, /* up to SCRATCHR, 17 words */
    SCRATCHC = 0x60,
    MMRS = 0xa0,
    MMWS = 0xa4,
    SFS = 0xa8,
    DRS = 0xac,
    SBMS = 0xb0,
    DBMS = 0xb4,
    DNAD64 = 0xb8,
    PMJAD1 = 0xc0,
    PMJAD2 = 0xc4,
    RBC = 0xc8,
    UA = 0xcc,
    ESA = 0xd0,
    IA = 0xd4,
    SBC = 0xd8,
    CSBC = 0xdc,
    LAST_REGISTER = 0xdf,
};

/* Bits of registers, named REGISTER_BIT. */
enum {
    SCNTL1_CON = 0x10,
    SCNTL1_RST = 0x08,
    SCNTL1_SST = 0x01,
    SCNTL2_WSS = 0x08,
    SCNTL2_WSR = 0x01,
    DSTAT_DFE = 0x80,
    DSTAT_BF = 0x20,
    DSTAT_ABRT = 0x10,
    DSTAT_SSI = 0x08,
    DSTAT_SIR = 0x04,
    DSTAT_IID = 0x01,
    SSTAT0_WOA = 0x04,
    SSTAT0_RST = 0x02,
    SSTAT1_PHASE = 0x07,
    SSTAT2_LDSC = 0x02,
    ISTAT0_ABRT = 0x80,
    ISTAT0_SRST = 0x40,
    ISTAT0_SIGP = 0x20,
    ISTAT0_SEM = 0x10,
    ISTAT0_CON = 0x08,
    ISTAT0_INTF = 0x04,
    ISTAT0_SIP = 0x02,
    ISTAT0_DIP = 0x01,
    ISTAT1_SRUN = 0x02,
    CTEST2_SIGP = 0x40,
    CTEST2_CM = 0x10,
    CTEST2_PCICIE = 0x08,
    CTEST2_DACK = 0x01,
    DMODE_MAN = 0x01,
    DCNTL_PFF = 0x40,
    DCNTL_SSM = 0x10,
    DCNTL_STD = 0x04,
    DCNTL_IRQD = 0x02,
    SIST0_MA = 0x80,
    SIST0_CMP = 0x40,
    SIST0_SEL = 0x20,
    SIST0_RSL = 0x10,
    SIST0_UDC = 0x04,
    SIST0_RST = 0x02,
    SIST1_STO = 0x04,
    SIST1_GEN = 0x02,
    SIST1_HTH = 0x01,
    CCNTL0_ENPMJ = 0x80,
    CCNTL0_PMJCTL = 0x40,
    CCNTL0_ENNDJ = 0x20,
    CCNTL1_64TIMOD = 0x04,
    CCNTL1_EN64TIBMV = 0x02,
    CCNTL1_EN64DBMV = 0x01,
    SOCL_ACK = 0x40,
    SOCL_ATN = 0x08,
};

/* Bus phases: MSG, C/D and I/O. */
enum {
    PHASE_DATA_OUT = 0,
    PHASE_DATA_IN = 1,
    PHASE_COMMAND = 2,
    PHASE_STATUS = 3,
    PHASE_MESSAGE_OUT = 6,
    PHASE_MESSAGE_IN = 7,
};

static inline uint32_t lsi_get(const Lsi53c895a *s, unsigned reg)
{
    return ld32_p(s->regs + reg);
}

static inline void lsi_set(Lsi53c895a *s, unsigned reg, uint32_t value)
{
    st32_p(s->regs + reg, value);
}

static inline uint32_t lsi_count(const Lsi53c895a *s)
{
    return lsi_get(s, DBC) & 0xffffff;
}

static inline void lsi_set_count(Lsi53c895a *s, uint32_t count)
{
    lsi_set(s, DBC, (lsi_get(s, DBC) & 0xff000000u) | count);
}

static inline unsigned lsi_phase(const Lsi53c895a *s)
{
    return s->regs[SSTAT1] & SSTAT1_PHASE;
}

static inline bool lsi_connected(const Lsi53c895a *s)
{
    return s->target != LSI_NOBODY;
}

/* lsi53c895a.c */

/* A register, as the CPU, a script or a memory move accesses it. */
uint8_t lsi_read_register(Lsi53c895a *s, unsigned reg);
void lsi_write_register(Lsi53c895a *s, unsigned reg, uint8_t value);
/* Reads or writes memory as a bus master: the adapter's own registers and RAM, or the machine's.
 * False: there is none; an interrupt tells, and the script has stopped. */
bool lsi_dma_read(Lsi53c895a *s, uint64_t addr, uint8_t *bytes, size_t n);
bool lsi_dma_write(Lsi53c895a *s, uint64_t addr, const uint8_t *bytes, size_t n);
/* Interrupts with bits of SIST0 and SIST1, or of DSTAT. Fatal ones stop the script. */
void lsi_scsi_interrupt(Lsi53c895a *s, uint8_t sist0, uint8_t sist1);
void lsi_dma_interrupt(Lsi53c895a *s, uint8_t dstat);
void lsi_update_irq(Lsi53c895a *s);

/* lsi_scripts.c */

/* Starts the script at DSP, or goes on with it: until it stops, waits, or has had its share of the
 * host's time; then it goes on later. */
void lsi_start_script(Lsi53c895a *s);
void lsi_stop_script(Lsi53c895a *s);
void lsi_run(Lsi53c895a *s);

/* lsi_phases.c */

/* Selects a target, with or without ATN. */
void lsi_select(Lsi53c895a *s, unsigned id, bool attention);
/* ATN is asserted: the target, if there is one, wants a message. */
void lsi_attention(Lsi53c895a *s);
/* The bus is free. */
void lsi_disconnect(Lsi53c895a *s);
/* Moves DBC bytes at `addr` in the bus's phase; fewer, if the target changes the phase. False:
 * there is no such memory. */
bool lsi_move(Lsi53c895a *s, uint64_t addr);

#endif
